import { readFile } from 'node:fs/promises';
import { Keystore } from 'ox';
import { type Hex, isHex } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { KeyError } from '../errors.ts';
import type { KeeperConfig } from './schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The account that signs: from a keystore file (version 3) and a password in the environment, or from a key in the environment.
 *
 * @throws {@link KeyError} `KEY_MISSING`, `KEY_INVALID`, `KEYSTORE_INVALID` or `PASSWORD_WRONG`.
 */
export async function loadAccount(
  signer: KeeperConfig['signer'],
  environment: Environment,
): Promise<PrivateKeyAccount> {
  if ('keyEnv' in signer) return toAccount(required(environment, signer.keyEnv), signer.keyEnv);
  const password = required(environment, signer.passwordEnv);
  const keystore = await readKeystore(signer.keystore);
  try {
    const key = await Keystore.toKeyAsync(keystore, { password });
    return privateKeyToAccount(Keystore.decrypt(keystore, key));
  } catch (cause) {
    throw new KeyError(`The keystore ${signer.keystore} cannot be opened.`, {
      code: 'PASSWORD_WRONG',
      hint: `Check the password in ${signer.passwordEnv}.`,
      cause,
    });
  }
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new KeyError(`The environment variable ${name} is not set.`, {
    code: 'KEY_MISSING',
    hint: 'Set it where the keeper is started; keys are never taken from flags or from the configuration.',
  });
}

function toAccount(text: string, name: string): PrivateKeyAccount {
  const key = (text.startsWith('0x') ? text : `0x${text}`) as Hex;
  // The value itself stays out of the error.
  if (!isHex(key) || key.length !== 66) throw invalidKey(name);
  try {
    return privateKeyToAccount(key);
  } catch {
    throw invalidKey(name);
  }
}

function invalidKey(name: string): KeyError {
  return new KeyError(`The environment variable ${name} holds no private key.`, {
    code: 'KEY_INVALID',
    hint: 'It has 64 hexadecimal digits.',
  });
}

async function readKeystore(path: string): Promise<Keystore.Keystore> {
  try {
    const keystore = JSON.parse(await readFile(path, 'utf8')) as Keystore.Keystore;
    if (keystore.version === 3 && typeof keystore.crypto === 'object') return keystore;
  } catch (cause) {
    throw invalidKeystore(path, cause);
  }
  throw invalidKeystore(path);
}

function invalidKeystore(path: string, cause?: unknown): KeyError {
  return new KeyError(`${path} is no keystore.`, {
    code: 'KEYSTORE_INVALID',
    hint: 'It is a JSON file of version 3, as wallets and `cast wallet` write it.',
    details: { path },
    cause,
  });
}
