import { bytesToHex, concatBytes, type Hex, hexToBytes, size, stringToBytes } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { fastestEd25519 } from './ed25519.ts';

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
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
}

/**
 * The session key of a secret. Node.js signs and checks with OpenSSL, browsers in JavaScript; the signatures are the same.
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
  const signer = fastestEd25519.signer(hexToBytes(secret));
  return {
    publicKey: bytesToHex(signer.publicKey),
    sign: (purpose, message) => bytesToHex(signer.sign(sessionMessage(purpose, message))),
  };
}

/** Whether a session key signed these bytes for this purpose (RFC 8032, strictly). Never throws. */
export function isSignedBySession(
  publicKey: Hex,
  purpose: string,
  message: Uint8Array,
  signature: Hex,
): boolean {
  try {
    if (size(publicKey) !== KEY_BYTES || size(signature) !== SIGNATURE_BYTES) return false;
    const signed = sessionMessage(purpose, message);
    return fastestEd25519.isSigned(hexToBytes(publicKey), signed, hexToBytes(signature));
  } catch {
    return false;
  }
}

/** What session keys sign in fact: `Millrace <purpose>`, a zero byte, the message. */
function sessionMessage(purpose: string, message: Uint8Array): Uint8Array {
  return concatBytes([stringToBytes(`Millrace ${purpose}\0`), message]);
}
