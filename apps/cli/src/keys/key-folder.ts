import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MillraceError } from '@millrace/protocol';
import { getAddress } from 'viem';
import { type LockedKey, parseKeystore } from './keystore.ts';

const NAME = /^[a-z0-9][a-z0-9_.-]{0,63}$/i;

/** A key in the folder, as far as it can be known without its password. */
export type KeyEntry = { name: string; path: string; address: string | undefined };

/** The keys of a folder, by name. Files that are no keystores are left out. */
export function listKeys(folder: string): KeyEntry[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  return names.sort().flatMap((name) => {
    const path = join(folder, `${name}.json`);
    try {
      return [{ name, path, address: addressIn(parseKeystore(readFileSync(path, 'utf8'), path)) }];
    } catch {
      return [];
    }
  });
}

/** Who a keystore belongs to; wallets may leave it out. */
export function addressIn(locked: LockedKey): string | undefined {
  return locked.address && /^(0x)?[0-9a-f]{40}$/i.test(locked.address)
    ? getAddress(`0x${locked.address.replace(/^0x/i, '')}`)
    : undefined;
}

/**
 * Finds a keystore by its name in the folder, or by its path.
 *
 * @throws {@link MillraceError} `KEYSTORE_MISSING` or `KEYSTORE_MALFORMED`.
 */
export function readKeystore(
  folder: string,
  cwd: string,
  nameOrPath: string,
): { path: string; locked: LockedKey; exposed: boolean } {
  const path = [join(folder, `${nameOrPath}.json`), resolve(cwd, nameOrPath)].find(isFile);
  if (path === undefined) {
    const known = listKeys(folder).map(({ name }) => name);
    throw new MillraceError(`There is no keystore “${nameOrPath}”.`, {
      code: 'KEYSTORE_MISSING',
      fault: 'user',
      hint:
        known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Make one with `millrace key new <name>`.',
      details: { folder, keystore: nameOrPath },
    });
  }
  const exposed = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  return { path, locked: parseKeystore(readFileSync(path, 'utf8'), path), exposed };
}

/**
 * Writes a keystore that only its owner may read. Never overwrites one.
 *
 * @returns its path
 * @throws {@link MillraceError} `INVALID_KEY_NAME` or `KEY_EXISTS`.
 */
export function writeKeystore(folder: string, name: string, locked: LockedKey): string {
  checkKeyName(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.json`);
  writeFileSync(path, `${JSON.stringify(locked, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return path;
}

/** Before a password is asked for: whether the name is free and fit for a file. */
export function checkKeyName(folder: string, name: string): void {
  if (!NAME.test(name)) {
    throw new MillraceError(`“${name}” cannot be the name of a key.`, {
      code: 'INVALID_KEY_NAME',
      fault: 'user',
      hint: 'Use letters, digits, dots, dashes and underscores, 64 at most.',
    });
  }
  if (existsSync(join(folder, `${name}.json`))) {
    throw new MillraceError(`There is a key “${name}” already.`, {
      code: 'KEY_EXISTS',
      fault: 'user',
      hint: 'Choose another name; nothing here overwrites a key.',
      details: { path: join(folder, `${name}.json`) },
    });
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
