import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes of a test that still hold books or a journal: a node, or whoever pays for jobs. */
export function lockHolders(folder: string): number[] {
  const locks = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('journal.lock'),
  );
  return locks
    .map((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { pid: number }).pid)
    .filter((pid) => pid !== process.pid && existsSync(`/proc/${pid}`));
}
