import { ed25519 } from '@noble/curves/ed25519';
import { bytesToHex, concatBytes, type Hex, hexToBytes, size, stringToBytes } from 'viem';
import { ComputeError } from '../compute-error.ts';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** An ed25519 key that speaks for a node for a while: it signs asks, receipts and heartbeats, never money. */
export type SessionKey = {
  /** 32 bytes: what a certificate names. */
  readonly publicKey: Hex;
  /** Signs bytes for one purpose, such as `receipt`; for another purpose the signature is void. */
  sign(purpose: string, message: Uint8Array): Hex;
};

/** 32 random bytes to make a session key of. Keep them secret. */
export function createSessionSecret(): Hex {
  return bytesToHex(ed25519.utils.randomPrivateKey());
}

/**
 * The session key of a secret.
 *
 * @throws {@link ComputeError} `SESSION_KEY_INVALID` when the secret has not 32 bytes.
 *
 * @example
 * ```ts
 * const key = sessionKeyOf(createSessionSecret())
 * isSignedBySession(key.publicKey, 'ask', bytes, key.sign('ask', bytes)) // true
 * ```
 */
export function sessionKeyOf(secret: Hex): SessionKey {
  if (size(secret) !== KEY_BYTES) {
    throw new ComputeError('SESSION_KEY_INVALID', `A secret of ${size(secret)} bytes is no session key.`);
  }
  const bytes = hexToBytes(secret);
  return {
    publicKey: bytesToHex(ed25519.getPublicKey(bytes)),
    sign: (purpose, message) => bytesToHex(ed25519.sign(sessionMessage(purpose, message), bytes)),
  };
}

/** Whether `publicKey` signed `message` for `purpose`. */
export type IsSignedBySession = typeof isSignedBySession;

/** Whether a session key signed these bytes for this purpose (RFC 8032, strictly). Never throws. */
export function isSignedBySession(
  publicKey: Hex,
  purpose: string,
  message: Uint8Array,
  signature: Hex,
): boolean {
  try {
    if (size(publicKey) !== KEY_BYTES || size(signature) !== SIGNATURE_BYTES) return false;
    const [key, bytes] = [hexToBytes(publicKey), hexToBytes(signature)];
    return ed25519.verify(bytes, sessionMessage(purpose, message), key, { zip215: false });
  } catch {
    return false;
  }
}

/**
 * What session keys sign in fact: `Millrace <purpose>`, a zero byte, the message. For implementations elsewhere: the one of
 * `node:crypto` verifies ten times as many.
 */
export function sessionMessage(purpose: string, message: Uint8Array): Uint8Array {
  return concatBytes([stringToBytes(`Millrace ${purpose}\0`), message]);
}
