import { createPublicKey, verify } from 'node:crypto';
import { type IsSignedBySession, sessionMessage } from '@millrace/protocol/compute';
import { hexToBytes, size } from 'viem';

/** What comes before the 32 bytes of an ed25519 key in DER (RFC 8410). */
const PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

/** `isSignedBySession` by OpenSSL: ten times as fast as the one that also runs in browsers. Never throws. */
export const isSignedNatively: IsSignedBySession = (publicKey, purpose, message, signature) => {
  try {
    if (size(publicKey) !== 32 || size(signature) !== 64) return false;
    const der = Buffer.concat([PREFIX, hexToBytes(publicKey)]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, sessionMessage(purpose, message), key, hexToBytes(signature));
  } catch {
    return false;
  }
};
