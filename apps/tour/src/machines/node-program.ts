import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { tieToParent } from '@millrace/devnet';

const PROGRAM = fileURLToPath(new URL('../../../node/src/main.ts', import.meta.url));
const FLAGS = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx'), PROGRAM];
/** Its journal holds whatever moment it is ended at: nobody waits long for it. */
const FORCE_MILLISECONDS = 2_000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The program of a node, as a process that ends with this one, however this one ends. */
export type NodeProgram = {
  readonly child: Child;
  /** The last that it said on stderr. */
  readonly said: () => string;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
};

/** Runs `millrace-node` of this repository. */
export function runNodeProgram(words: readonly string[], variables: Record<string, string>): NodeProgram {
  const env = { ...process.env, ...variables };
  const child: Child = spawn(process.execPath, [...FLAGS, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const release = child.pid === undefined ? () => {} : tieToParent(child.pid);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(`has ended (${signal ?? `exit code ${code}`})`));
  }).finally(release);
  const stop = async () => {
    const force = setTimeout(() => child.kill('SIGKILL'), FORCE_MILLISECONDS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  };
  return { child, said: () => said, ended, stop };
}
