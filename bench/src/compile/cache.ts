import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Outside git, and gone with `npm ci`. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/millrace-bench/', import.meta.url));

type Entry = { imports: Record<string, string>; value: unknown };

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What was kept under the key, unless a source that it was made from has changed. */
export function readCache(key: string, read: (name: string) => string | undefined): unknown {
  const file = join(FOLDER, `${key}.json`);
  if (!existsSync(file)) return undefined;
  const { imports, value } = JSON.parse(readFileSync(file, 'utf8')) as Entry;
  const isCurrent = Object.entries(imports).every(([name, hash]) => sha256(read(name) ?? '') === hash);
  return isCurrent ? value : undefined;
}

/** Two processes may make the same entry at once: each writes a file of its own, and the last one stays. */
export function writeCache(key: string, imports: Entry['imports'], value: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  const draft = join(FOLDER, `${key}.${process.pid}`);
  writeFileSync(draft, JSON.stringify({ imports, value } satisfies Entry));
  renameSync(draft, join(FOLDER, `${key}.json`));
}
