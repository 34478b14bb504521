import { PassThrough } from 'node:stream';
import { runCli } from '../src/run-cli.ts';
import type { Run, RunOptions } from './run-millrace.ts';

/** Runs the CLI in this process: the same code as a process of its own, without the second it takes to load. */
export async function millraceHere(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => {
    written.stdout += chunk.toString();
    options.heard?.(written.stdout);
  });
  stderr.on('data', (chunk: Buffer) => {
    written.stderr += chunk.toString();
  });
  stdin.end(options.input ?? '');
  const exitCode = await runCli(args, {
    stdin,
    stdout,
    stderr,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
  });
  // What was written last arrives in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  return {
    exitCode,
    ...written,
    data: <T>() => JSON.parse(written.stdout) as T,
    error: () => (JSON.parse(written.stderr) as { error: ReturnType<Run['error']> }).error,
  };
}
