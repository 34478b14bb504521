import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The hidden verb that a chain in the background runs; it also tells its process from a stranger with the same id. */
export const SERVE = ['dev', 'serve'] as const;

/** What `npm start` runs: it keeps a chain in the same folder, for as long as it is open. */
const TOUR = 'apps/tour/src/main.ts';

/**
 * Whether process `pid` is a chain of ours, and alive. Ids are used again: after a crash the number may belong to
 * somebody else, who must not be ended.
 */
export function isDevnetProcess(pid: number): boolean {
  const commandLine = commandLineOf(pid).replaceAll('\\', '/');
  return [SERVE.join(' '), TOUR].some((program) => commandLine.includes(program));
}

/** Ends a chain and waits until it is gone; it is asked first, and after `patienceMilliseconds` no longer. */
export async function endDevnetProcess(pid: number, patienceMilliseconds = 15_000): Promise<void> {
  if (isDevnetProcess(pid)) process.kill(pid, 'SIGTERM');
  const limit = Date.now() + patienceMilliseconds;
  while (isDevnetProcess(pid)) {
    if (Date.now() > limit) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Empty when there is no such process, or it is dead and only its number is left. */
function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return process.kill(pid, 0) ? SERVE.join(' ') : '';
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
