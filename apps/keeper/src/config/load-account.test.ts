import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keystore } from 'ox';
import { privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from './load-account.ts';

const KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
const ADDRESS = privateKeyToAddress(KEY);
const folder = mkdtempSync(join(tmpdir(), 'millrace-key-'));
const keystore = join(folder, 'key.json');

beforeAll(() => {
  const [key, options] = Keystore.pbkdf2({ password: 'right', iterations: 1_000 });
  writeFileSync(keystore, JSON.stringify(Keystore.encrypt(KEY, key, options)));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fromKeystore = (password?: string, path = keystore) =>
  loadAccount({ keystore: path, passwordEnv: 'P' }, { P: password });

describe('loadAccount', () => {
  it('opens a keystore with a password from the environment', async () => {
    expect((await fromKeystore('right')).address).toBe(ADDRESS);
  });

  it('takes a key from the environment, with 0x or without', async () => {
    expect((await loadAccount({ keyEnv: 'K' }, { K: KEY })).address).toBe(ADDRESS);
    expect((await loadAccount({ keyEnv: 'K' }, { K: KEY.slice(2) })).address).toBe(ADDRESS);
  });

  it('says what is wrong and never the secret', async () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '{"version": 1}');
    const zero = `0x${'0'.repeat(64)}`;
    const cases: [() => Promise<unknown>, string][] = [
      [() => fromKeystore('wrong secret'), 'PASSWORD_WRONG'],
      [() => fromKeystore(), 'KEY_MISSING'],
      [() => fromKeystore('right', other), 'KEYSTORE_INVALID'],
      [() => fromKeystore('right', join(folder, 'none.json')), 'KEYSTORE_INVALID'],
      [() => loadAccount({ keyEnv: 'K' }, { K: 'wrong secret' }), 'KEY_INVALID'],
      [() => loadAccount({ keyEnv: 'K' }, { K: zero }), 'KEY_INVALID'],
      [() => loadAccount({ keyEnv: 'K' }, {}), 'KEY_MISSING'],
    ];
    for (const [attempt, code] of cases) {
      const error = await attempt().catch((thrown: Error & { code?: string }) => thrown);
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error)).not.toContain('wrong secret');
    }
  });
});
