import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Run = {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** stdout as JSON. */
  data: <T = Record<string, unknown>>() => T;
  /** The error on stderr as JSON. */
  error: () => {
    code: string;
    shortMessage: string;
    hint: string;
    fault: string;
    exitCode: number;
    sent: string[];
    details?: unknown;
  };
};

export type RunOptions = {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  timeoutMilliseconds?: number;
  signal?: AbortSignal;
  /** Hears all of stdout so far, whenever there is more of it; only of a run in this process. */
  heard?: (stdout: string) => void;
};

const ENTRY = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const FLAGS = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];

/** Runs the CLI as a process of its own, without a terminal, as a script would. */
export async function millrace(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = startMillrace(args, options);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.end(options.input ?? '');
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  return {
    exitCode,
    stdout,
    stderr,
    data: <T>() => JSON.parse(stdout) as T,
    error: () => (JSON.parse(stderr) as { error: ReturnType<Run['error']> }).error,
  };
}

/** Starts the CLI and leaves it to the caller. */
export function startMillrace(args: readonly string[], options: RunOptions = {}) {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [...FLAGS, ENTRY, ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, ...options.env },
    timeout: options.timeoutMilliseconds ?? 120_000,
  });
}
