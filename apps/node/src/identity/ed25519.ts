import { createPrivateKey, sign } from 'node:crypto';
import { type SessionKey, sessionKeyOf, sessionMessage } from '@millrace/protocol/compute';
import { bytesToHex, type Hex, hexToBytes } from 'viem';

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const SECRET_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

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
