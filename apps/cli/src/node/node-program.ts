import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MillraceError } from '@millrace/protocol';

/** The daemon is a program of its own: it outlives the command line, and has nothing of it in memory. */
export function spawnNode(
  args: readonly string[],
  options: { env: Readonly<Record<string, string | undefined>>; stdio: StdioOptions; detached?: boolean },
): ChildProcess {
  const program = fileURLToPath(import.meta.resolve('@millrace/node/program'));
  return spawn(process.execPath, [...process.execArgv, program, ...args], options);
}

/**
 * Runs the daemon’s program to its end, and reads what it prints as JSON.
 *
 * @throws {@link MillraceError} `NODE_PROGRAM_FAILED` with its last words
 */
export async function askNodeProgram<T>(args: readonly string[], signal: AbortSignal): Promise<T> {
  const child = spawnNode(args, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => err.push(bytes));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', end);
  if (code === 0) return JSON.parse(Buffer.concat(out).toString()) as T;
  throw new MillraceError('The program of the node failed.', {
    code: 'NODE_PROGRAM_FAILED',
    fault: 'protocol',
    hint: lastWords(Buffer.concat(err).toString()),
    details: { exitCode: code },
  });
}

/** The end of a log, where the reason is. */
export function lastWords(text: string, lines = 6): string {
  return text.trim().split('\n').slice(-lines).join('\n');
}
