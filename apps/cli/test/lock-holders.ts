import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes of a test that still hold books or a journal: a node, or whoever pays for jobs. */
export function lockHolders(folder: string): number[] {
  const locks = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('journal.lock'),
  );
  return locks
    .flatMap((name) => holderOf(join(folder, name)))
    .filter((pid) => pid !== process.pid && existsSync(`/proc/${pid}`));
}

/** Ends them, however far they are with that by themselves. */
export function killLockHolders(folder: string): void {
  for (const pid of lockHolders(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended since.
    }
  }
}

/** Nobody, when the lock is given back while we look. */
function holderOf(lock: string): number[] {
  try {
    return [(JSON.parse(readFileSync(lock, 'utf8')) as { pid: number }).pid];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
