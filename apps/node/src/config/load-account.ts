import { readFile } from 'node:fs/promises';
import { type Hex, isHex } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { NodeError } from '../errors.ts';
import type { NodeConfig } from './schema.ts';

/**
 * The account that earns: from a key in the environment, or in a file.
 *
 * @throws {@link NodeError} `KEY_MISSING`, `KEY_INVALID`
 */
export async function loadAccount(
  signer: NodeConfig['signer'],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PrivateKeyAccount> {
  const [text, where] =
    'keyEnv' in signer
      ? [environment[signer.keyEnv], `the environment variable ${signer.keyEnv}`]
      : [await readFile(signer.keyFile, 'utf8').catch(() => undefined), signer.keyFile];
  if (text === undefined || text.trim() === '') {
    throw new NodeError(`There is no key in ${where}.`, {
      code: 'KEY_MISSING',
      hint: 'Set it where the node is started; keys are never taken from flags.',
    });
  }
  const trimmed = text.trim();
  const key = (trimmed.startsWith('0x') ? trimmed : `0x${trimmed}`) as Hex;
  try {
    if (isHex(key) && key.length === 66) return privateKeyToAccount(key);
  } catch {
    // The value itself stays out of the error.
  }
  throw new NodeError(`What is in ${where} is no private key.`, {
    code: 'KEY_INVALID',
    hint: 'It has 64 hexadecimal digits.',
  });
}
