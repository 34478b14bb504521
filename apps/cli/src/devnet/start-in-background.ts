import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MillraceError } from '@millrace/protocol';
import { isDevnetProcess, SERVE } from './devnet-process.ts';
import {
  type DevnetFiles,
  type DevnetRecord,
  devnetFiles,
  readRecord,
  removeTraces,
} from './devnet-record.ts';

export type StartOptions = { port?: number | undefined };

const PATIENCE_MILLISECONDS = 120_000;

/**
 * Starts a local chain that outlives this process, and waits until its markets are open. Does nothing when one runs
 * already; what a killed one left is cleared away.
 *
 * @returns the chain, and whether it was started now
 * @throws {@link MillraceError} `DEVNET_FAILED` with the end of its log, `DEVNET_TIMEOUT`, `DEVNET_STARTING`.
 */
export async function startInBackground(
  folder: string,
  options: StartOptions,
  signal: AbortSignal,
): Promise<{ record: DevnetRecord; started: boolean }> {
  const running = runningDevnet(folder);
  if (running) return { record: running, started: false };
  const files = devnetFiles(folder);
  mkdirSync(folder, { recursive: true });
  claim(files);
  removeTraces(folder, { keepLock: true });
  const log = openSync(files.log, 'w');
  const entry = fileURLToPath(
    new URL(`../main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  );
  const args = [
    ...SERVE,
    '--state',
    folder,
    ...(options.port === undefined ? [] : ['--port', String(options.port)]),
  ];
  const child = spawn(process.execPath, [...process.execArgv, entry, ...args], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  try {
    return { record: await untilReady(files, () => ended, signal), started: true };
  } catch (error) {
    if (child.pid !== undefined && !ended) process.kill(child.pid, 'SIGTERM');
    throw error;
  } finally {
    rmSync(files.lock, { force: true });
  }
}

/** The chain of this folder, when it runs. */
export function runningDevnet(folder: string): DevnetRecord | undefined {
  const record = readRecord(folder);
  return record && isDevnetProcess(record.pid) ? record : undefined;
}

async function untilReady(
  files: DevnetFiles,
  ended: () => boolean,
  signal: AbortSignal,
): Promise<DevnetRecord> {
  const limit = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < limit && !signal.aborted) {
    const record = readRecord(files.folder);
    if (record) return record;
    if (ended()) throw failed(files);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new MillraceError('The local chain is not ready.', {
    code: 'DEVNET_TIMEOUT',
    fault: 'network',
    retryable: true,
    hint: `Its log is ${files.log}.`,
  });
}

function failed(files: DevnetFiles): MillraceError {
  const lines = readFileSync(files.log, 'utf8').trim().split('\n');
  return new MillraceError('The local chain did not start.', {
    code: 'DEVNET_FAILED',
    fault: 'user',
    hint: lines.slice(-6).join('\n'),
    details: { log: files.log },
  });
}

/** Two `dev up` at once start one chain. */
function claim(files: DevnetFiles): void {
  const take = () => writeFileSync(files.lock, String(process.pid), { flag: 'wx' });
  try {
    take();
  } catch {
    const holder = Number(readFileSync(files.lock, 'utf8'));
    if (isAlive(holder)) {
      throw new MillraceError('The local chain is being started by another process.', {
        code: 'DEVNET_STARTING',
        fault: 'user',
        retryable: true,
        hint: 'Wait a few seconds and try again.',
        details: { pid: holder },
      });
    }
    rmSync(files.lock, { force: true });
    take();
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
