import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type SessionKey, sessionKeyOf, sessionMessage } from '@millrace/protocol/compute';
import type { Ed25519 } from '@millrace/sdk/rent';
import { bytesToHex, type Hex, hexToBytes } from 'viem';

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const SECRET_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const known = new Map<Hex, KeyObject>();

/** ed25519 of `node:crypto`, as a renter outside of a browser has it. */
export const NATIVE_ED25519: Ed25519 = {
  sessionKeyOf: (secret: Hex): SessionKey => {
    const der = Buffer.concat([SECRET_PREFIX, hexToBytes(secret)]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return {
      publicKey: sessionKeyOf(secret).publicKey,
      sign: (purpose, message) => bytesToHex(sign(null, sessionMessage(purpose, message), key)),
    };
  },
  isSigned: (publicKey, purpose, message, signature) => {
    try {
      const key = known.get(publicKey) ?? readPublicKey(publicKey);
      known.set(publicKey, key);
      return verify(null, sessionMessage(purpose, message), key, hexToBytes(signature));
    } catch {
      return false;
    }
  },
};

function readPublicKey(publicKey: Hex): KeyObject {
  const x = Buffer.from(hexToBytes(publicKey)).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
