import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decrypt, type Keystore, toKey } from 'ox/Keystore';
import { privateKeyToAddress } from 'viem/accounts';
import { afterAll, describe, expect, it } from 'vitest';
import { parseKeystore, unlockKey } from '../src/keys/keystore.ts';
import { millraceHere } from './run-here.ts';
import type { RunOptions } from './run-millrace.ts';

const cwd = mkdtempSync(join(tmpdir(), 'millrace-keys-'));
const folder = join(cwd, 'keys');
afterAll(() => rmSync(cwd, { recursive: true }));

const KEY = `0x${'ab'.repeat(32)}` as const;
const run = (args: string[], options: RunOptions = {}) =>
  millraceHere([...args, '--json'], { cwd, ...options, env: { MILLRACE_KEYS: folder, ...options.env } });

describe('keys', () => {
  it('keeps an imported key in an encrypted file of mode 0600', async () => {
    const made = await run(['key', 'import', 'main', '--password-stdin'], { input: `${KEY}\nopen sesame\n` });
    expect(made.stderr).toBe('');
    const { path, address } = made.data<{ path: string; address: string }>();
    expect(address).toBe(privateKeyToAddress(KEY));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('ab'.repeat(32));
    const locked = JSON.parse(text) as Keystore;
    expect(locked).toMatchObject({
      version: 3,
      crypto: { kdf: 'scrypt', kdfparams: { n: 131_072, r: 8, p: 1 } },
    });
    expect(decrypt(locked, toKey(locked, { password: 'open sesame' }))).toBe(KEY);
  });

  it('makes a new one, and lists both without a password', async () => {
    const made = await run(['key', 'new', 'second'], { env: { MILLRACE_PASSWORD: 'secret' } });
    const { address } = made.data<{ address: string }>();
    const { keys } = (await run(['key', 'list'])).data<{ keys: object[] }>();
    expect(keys).toMatchObject([
      { name: 'main', address: privateKeyToAddress(KEY) },
      { name: 'second', address },
    ]);
  });

  it('never overwrites one', async () => {
    const again = await run(['key', 'new', 'main'], { env: { MILLRACE_PASSWORD: 'secret' } });
    expect(again.exitCode).toBe(1);
    expect(again.error().code).toBe('KEY_EXISTS');
  });

  it.each([
    [['key', 'import', 'x', '--password-stdin'], 'nonsense\npw\n', 'INVALID_KEY', 1],
    [['key', 'import', 'x', '--password-stdin'], `${'f'.repeat(64)}\npw\n`, 'INVALID_KEY', 1],
    [['key', 'import', 'x', '--password-stdin'], `${KEY}\n`, 'SECRET_MISSING', 2],
    [['key', 'import', 'x'], `${KEY}\npw\n`, 'SECRET_MISSING', 2],
    [['key', 'new', 'x', '--password-stdin'], '\n', 'EMPTY_PASSWORD', 1],
    [['key', 'new', '../x', '--password-stdin'], 'pw\n', 'INVALID_KEY_NAME', 1],
  ])('%j with %j says %s', async (args, input, code, exitCode) => {
    const failed = await run(args, { input });
    expect(failed.exitCode).toBe(exitCode);
    expect(failed.error().code).toBe(code);
    // Whatever goes wrong, the secret is in no message.
    expect(failed.stderr).not.toContain('ab'.repeat(32));
  });

  it('has no option that takes a key', async () => {
    const failed = await run(['key', 'import', 'x', '--key', KEY]);
    expect(failed.exitCode).toBe(2);
    expect(failed.error().code).toBe('UNKNOWN_OPTION');
  });
});

describe('keystores of others', () => {
  it('opens the PBKDF2 example of the Web3 Secret Storage definition', () => {
    const locked = parseKeystore(
      JSON.stringify({
        crypto: {
          cipher: 'aes-128-ctr',
          cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
          ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
          kdf: 'pbkdf2',
          kdfparams: {
            c: 262144,
            dklen: 32,
            prf: 'hmac-sha256',
            salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
          },
          mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
        },
        id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
        version: 3,
      }),
      'example.json',
    );
    expect(unlockKey(locked, 'testpassword', 'example.json')).toBe(
      '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d',
    );
    expect(() => unlockKey(locked, 'wrong', 'example.json')).toThrow(/does not open/);
  });

  it.each(['', '[]', '{"version":3}', '{"version":1}'])('says that %j is none', (text) => {
    expect(() => parseKeystore(text, 'x.json')).toThrow(/x\.json is no keystore/);
  });

  it('refuses one that would take all memory', () => {
    const path = join(folder, 'main.json');
    const locked = JSON.parse(readFileSync(path, 'utf8'));
    locked.crypto.kdfparams.n = 2 ** 30;
    writeFileSync(join(cwd, 'greedy.json'), JSON.stringify(locked));
    expect(() => parseKeystore(JSON.stringify(locked), 'greedy.json')).toThrow(/more than 1 GiB/);
  });
});
