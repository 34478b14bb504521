import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import {
  type IsSignedBySession,
  type SessionKey,
  sessionKeyOf,
  sessionMessage,
} from '@millrace/protocol/compute';
import { bytesToHex, type Hex, hexToBytes, size } from 'viem';

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const SECRET_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const MOST_KEYS = 1_024;

/** A session key that signs with OpenSSL: ten times as fast as in JavaScript. */
export function nativeSessionKey(secret: Hex): SessionKey {
  const { publicKey } = sessionKeyOf(secret);
  const key = createPrivateKey({
    key: Buffer.concat([SECRET_PREFIX, hexToBytes(secret)]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    publicKey,
    sign: (purpose, message) => bytesToHex(sign(null, sessionMessage(purpose, message), key)),
  };
}

const keys = new Map<Hex, KeyObject>();

/** `isSignedBySession` by OpenSSL. Never throws. */
export const isSignedNatively: IsSignedBySession = (publicKey, purpose, message, signature) => {
  try {
    if (size(publicKey) !== 32 || size(signature) !== 64) return false;
    return verify(null, sessionMessage(purpose, message), keyOf(publicKey), hexToBytes(signature));
  } catch {
    return false;
  }
};

function keyOf(publicKey: Hex): KeyObject {
  const known = keys.get(publicKey);
  if (known !== undefined) return known;
  const der = Buffer.concat([PUBLIC_PREFIX, hexToBytes(publicKey)]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(publicKey, key);
  return key;
}
