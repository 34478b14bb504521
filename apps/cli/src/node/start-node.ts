import { closeSync, openSync, readFileSync } from 'node:fs';
import { MillraceError } from '@millrace/protocol';
import { nodeStatusSchema, ROUTES } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Session } from '../session.ts';
import { askNode } from './ask-node.ts';
import { NODE_KEY_VARIABLE, type NodeRecord, type nodeFiles } from './node-files.ts';
import { lastWords, spawnNode } from './node-program.ts';

const PATIENCE_MILLISECONDS = 30_000;

/** How a node is doing; `undefined` when it does not answer. */
export async function statusOfNode(
  { endpoint }: Pick<NodeRecord, 'endpoint'>,
  { signal }: Pick<Session, 'signal'>,
) {
  return askNode(`${endpoint}${ROUTES.status}`, nodeStatusSchema, {
    timeoutMilliseconds: 2_000,
    signal,
  }).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'NODE_SILENT') return undefined;
    throw error;
  });
}

/** Runs the daemon until it ends or Ctrl-C; what it says goes where this program’s words go. @returns its exit code */
export function runNode(config: string, key: Hex, signal: AbortSignal): Promise<number> {
  const child = spawnNode(['start', '--config', config], {
    env: { ...process.env, [NODE_KEY_VARIABLE]: key },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // On a terminal Ctrl-C reaches both; whoever ends this program alone means the node too.
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 0));
  });
}

/**
 * Starts the daemon so that it outlives this program, and waits until it answers.
 *
 * @throws {@link MillraceError} `NODE_FAILED_TO_START` with its last words
 */
export async function startNodeInBackground(
  record: NodeRecord,
  files: ReturnType<typeof nodeFiles>,
  key: Hex,
  session: Session,
): Promise<void> {
  const log = openSync(files.log, 'w', 0o600);
  const child = spawnNode(['start', '--config', files.config], {
    env: { ...process.env, [NODE_KEY_VARIABLE]: key },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let hasEnded = false;
  child.once('exit', () => {
    hasEnded = true;
  });
  child.unref();
  for (const limit = Date.now() + PATIENCE_MILLISECONDS; Date.now() < limit && !hasEnded; ) {
    session.signal.throwIfAborted();
    const status = await statusOfNode(record, session);
    if (status?.node === record.address) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!hasEnded) child.kill('SIGTERM');
  throw new MillraceError('The node did not start.', {
    code: 'NODE_FAILED_TO_START',
    fault: 'user',
    hint: lastWords(readFileSync(files.log, 'utf8')),
    details: { log: files.log },
  });
}
