import { MillraceError } from '@millrace/protocol';
import { decrypt, encrypt, type Keystore, scrypt, toKey } from 'ox/Keystore';
import { type Hex, isHex } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { z } from 'zod';

const hex = z.string().regex(/^[0-9a-f]+$/i);

const schema = z.looseObject({
  version: z.literal(3),
  address: hex.optional(),
  crypto: z.looseObject({
    cipher: z.literal('aes-128-ctr'),
    ciphertext: hex,
    cipherparams: z.looseObject({ iv: hex }),
    mac: hex,
    kdf: z.enum(['scrypt', 'pbkdf2']),
    kdfparams: z.looseObject({
      salt: hex,
      n: z.int().optional(),
      r: z.int().optional(),
      p: z.int().optional(),
    }),
  }),
});

/** A private key locked by a password: Web3 Secret Storage, version 3, which geth and most wallets read. */
export type LockedKey = Keystore & { address?: string };

/** What geth's light wallets and ethers use: about a second of work and 128 MiB for each guess. */
const SCRYPT = { n: 131_072, r: 8, p: 1 };
const MOST_MEMORY = 1 << 30;

/** Locks a key. */
export function lockKey(privateKey: Hex, password: string): LockedKey {
  const [key, options] = scrypt({ ...SCRYPT, password });
  const keystore = encrypt(privateKey, key, options);
  return { address: privateKeyToAddress(privateKey).slice(2).toLowerCase(), ...keystore };
}

/**
 * Unlocks a key.
 *
 * @throws {@link MillraceError} `WRONG_PASSWORD`; `KEYSTORE_MALFORMED` when what it holds is no private key.
 */
export function unlockKey(locked: LockedKey, password: string, path: string): Hex {
  const key = toKey(locked, { password });
  let privateKey: Hex;
  try {
    privateKey = decrypt(locked, key);
  } catch (cause) {
    throw new MillraceError('The password does not open this keystore.', {
      code: 'WRONG_PASSWORD',
      fault: 'user',
      hint: 'Type it again, or choose another keystore with --keystore.',
      details: { path },
      cause,
    });
  }
  if (!isHex(privateKey) || privateKey.length !== 66)
    throw malformedKeystore(path, 'it does not hold a private key');
  return privateKey;
}

/** @throws {@link MillraceError} `KEYSTORE_MALFORMED` when `text` is no version 3 keystore. */
export function parseKeystore(text: string, path: string): LockedKey {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw malformedKeystore(path, 'it is not JSON');
  }
  const result = schema.safeParse(data);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw malformedKeystore(path, `“${issue?.path.join('.')}”: ${issue?.message}`);
  }
  const { n = 0, r = 1 } = result.data.crypto.kdfparams;
  // A file that asks for more would stop this machine before it unlocks anything.
  if (128 * n * r > MOST_MEMORY)
    throw malformedKeystore(path, 'unlocking it would take more than 1 GiB of memory');
  return result.data as unknown as LockedKey;
}

function malformedKeystore(path: string, reason: string): MillraceError {
  return new MillraceError(`${path} is no keystore: ${reason}.`, {
    code: 'KEYSTORE_MALFORMED',
    fault: 'user',
    hint: 'A keystore is version 3 JSON, as `millrace key new`, geth and most wallets write it.',
    details: { path, reason },
  });
}
