import { readFile } from 'node:fs/promises';

const GONE = 'gone';

/**
 * When process `pid` started, as an opaque text that no later process with the same number shares; `gone` when there is
 * no such process. Where `/proc` does not exist (macOS, Windows) it only says that the process is there.
 */
export async function processStart(pid: number): Promise<string> {
  if (process.platform !== 'linux') return isThere(pid) ? 'there' : GONE;
  try {
    const [line, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    // The name in parentheses may hold spaces; the state is the first field behind it, the start time the 20th.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return GONE;
    return `${boot.trim()}:${fields[19]}`;
  } catch {
    return isThere(pid) ? 'there' : GONE;
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
