import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { MillraceError } from '@millrace/protocol';
import { findAnvilBinary } from './anvil-binary.ts';
import { tieToParent } from './tie-to-parent.ts';

export type StartAnvilOptions = {
  /** TCP port on 127.0.0.1. Default: any free one. */
  port?: number | undefined;
  /** Default: 31337. */
  chainId?: number | undefined;
  /** Rules of the EVM. Default: `osaka`. */
  hardfork?: string | undefined;
  /** Mine only when told to (`evm_mine`). Default: one block per transaction. */
  noMining?: boolean | undefined;
  /** Mine a block every so many seconds. */
  blockTimeSeconds?: number | undefined;
  /** How pending transactions are ordered within a block. Default: `fifo`. */
  order?: 'fifo' | 'fees' | undefined;
  /** Unix time of the genesis block, in seconds. Default: now. */
  timestampSeconds?: number | bigint | undefined;
  /** Gas per block. Default: anvil's, 30 million. */
  blockGasLimit?: number | bigint | undefined;
  /** Base fee of the first block, in wei. Default: anvil's, 1 gwei. */
  baseFee?: number | bigint | undefined;
  /** How many funded accounts, of the mnemonic `test test … junk`. Default: 10. */
  accounts?: number | undefined;
  /** A file the chain is loaded from, when it exists, and saved to when it stops. */
  statePath?: string | undefined;
  /** Any other flag of anvil. */
  extraArguments?: readonly string[] | undefined;
  /** How long to wait until it answers. Default: 30 seconds. */
  timeoutMilliseconds?: number | undefined;
};

export type Anvil = {
  /** Where JSON-RPC answers, over HTTP and, with `ws:` instead, over WebSocket. */
  url: string;
  port: number;
  pid: number;
  /** Ends the chain and waits until it is gone and its state, if any, is saved. May be called again. */
  stop: () => Promise<void>;
};

const LISTENING = /^Listening on .*:(\d+)\s*$/m;

/**
 * Starts a local chain and waits until it answers. It ends with {@link Anvil.stop} or with this process, however
 * this process ends.
 *
 * @throws {@link MillraceError} `ANVIL_MISSING`, `PORT_TAKEN`, `ANVIL_FAILED` (bad option, damaged state file) or
 * `ANVIL_TIMEOUT`.
 *
 * @example
 * ```ts
 * const chain = await startAnvil({ noMining: true })
 * await fetch(chain.url, { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}' })
 * await chain.stop()
 * ```
 */
export async function startAnvil(options: StartAnvilOptions = {}): Promise<Anvil> {
  const program = findAnvilBinary();
  // Anvil writes old states to the disk, hundreds of megabytes of a long replay, and never removes them.
  const states = mkdtempSync(join(tmpdir(), 'millrace-chain-'));
  const clear = () => rmSync(states, { recursive: true, force: true, maxRetries: 3 });
  const args = [...anvilArguments(options), '--cache-path', states];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await listening(child, options).catch((error: unknown) => {
    clear();
    throw error;
  });
  const { pid } = child;
  if (pid === undefined) throw failed('It has no process id.', options);
  const release = tieToParent(pid, states);
  // Anvil would die of a closed pipe: keep reading, without keeping this process alive for it.
  child.stdout.resume();
  child.stderr.resume();
  unref(child);

  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid,
    stop: () => {
      stopped ??= end(child).finally(release).finally(clear);
      return stopped;
    },
  };
}

function anvilArguments(options: StartAnvilOptions): string[] {
  const list = ['--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  list.push('--hardfork', options.hardfork ?? 'osaka', '--order', options.order ?? 'fifo');
  const add = (flag: string, value: number | bigint | string | undefined) => {
    if (value !== undefined) list.push(flag, String(value));
  };
  add('--chain-id', options.chainId);
  add('--block-time', options.blockTimeSeconds);
  add('--timestamp', options.timestampSeconds);
  add('--gas-limit', options.blockGasLimit);
  add('--block-base-fee-per-gas', options.baseFee);
  add('--accounts', options.accounts);
  add('--state', options.statePath);
  if (options.noMining) list.push('--no-mining');
  return [...list, ...(options.extraArguments ?? [])];
}

type Started = ChildProcess & { stdout: Readable; stderr: Readable };

function listening(child: Started, options: StartAnvilOptions): Promise<number> {
  const limit = options.timeoutMilliseconds ?? 30_000;
  return new Promise((resolve, reject) => {
    let output = '';
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      child.stdout.removeListener('data', read);
      child.stderr.removeListener('data', read);
      child.removeListener('error', broken);
      child.removeListener('exit', exited);
      settle();
    };
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = LISTENING.exec(output)?.[1];
      if (port !== undefined) finish(() => resolve(Number(port)));
    };
    const broken = (cause: Error) => finish(() => reject(failed(cause.message, options, cause)));
    const exited = () => {
      // What it says on its way out may arrive after the exit itself.
      child.once('close', () => finish(() => reject(failed(output, options))));
      child.removeListener('exit', exited);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish(() => reject(late(output, limit)));
    }, limit);
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', broken);
    child.on('exit', exited);
  });
}

function failed(output: string, options: StartAnvilOptions, cause?: unknown): MillraceError {
  if (/address (already )?in use|os error (98|48|10048)/i.test(output)) {
    return new MillraceError(`Port ${options.port} is taken.`, {
      code: 'PORT_TAKEN',
      fault: 'user',
      hint: 'Choose another port, or leave it out to get a free one.',
      details: { port: options.port },
    });
  }
  const lines = output.trim().split('\n');
  return new MillraceError('The local chain (anvil) did not start.', {
    code: 'ANVIL_FAILED',
    fault: 'user',
    hint: lines.slice(-5).join('\n'),
    details: { arguments: anvilArguments(options) },
    cause,
  });
}

function late(output: string, limit: number): MillraceError {
  return new MillraceError(`The local chain (anvil) did not answer within ${limit} ms.`, {
    code: 'ANVIL_TIMEOUT',
    fault: 'network',
    retryable: true,
    details: { output: output.slice(-500) },
  });
}

function unref(child: Started): void {
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref();
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.ref();
    child.kill('SIGTERM');
  });
}
