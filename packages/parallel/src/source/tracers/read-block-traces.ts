import { ParallelError } from '../../errors.ts';
import { asFields, asHash, inconsistent } from '../answer/fields.ts';
import type { BlockFrame } from '../answer/read-block-frame.ts';
import { toTag } from '../answer/read-block-head.ts';
import type { Rpc } from '../rpc.ts';

/** What `debug_traceBlockByNumber` is asked for. */
export type Tracer = { tracer: string; tracerConfig?: Readonly<Record<string, unknown>> };

/** The result of a tracer for each transaction of the block, checked to be of that transaction. */
export async function* readBlockTraces(
  rpc: Rpc,
  block: BlockFrame,
  tracer: Tracer,
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  let count = 0;
  const options = { ...tracer, timeout: '120s' };
  for await (const item of rpc.stream('debug_traceBlockByNumber', [toTag(block.number), options], signal)) {
    const frame = block.transactions[count];
    if (!frame) throw inconsistent('More transactions were traced than the block has.');
    count += 1;
    const { txHash, result, error } = asFields(item, 'a traced transaction');
    if (error !== undefined && error !== null) throw untraced(frame.hash, error);
    // Older servers do not say which transaction it is.
    if (txHash !== undefined && asHash(txHash, 'the hash of a traced transaction') !== frame.hash) {
      throw inconsistent('Another transaction was traced than the block has.', { transaction: frame.hash });
    }
    yield result;
  }
  if (count !== block.transactions.length) {
    throw inconsistent('Fewer transactions were traced than the block has.');
  }
}

function untraced(transaction: string, error: unknown): ParallelError {
  const message = (typeof error === 'string' ? error : JSON.stringify(error)).slice(0, 300);
  return new ParallelError(`The server could not trace a transaction: ${message.replace(/\.+$/, '')}.`, {
    code: 'RPC_REFUSED',
    fault: 'network',
    hint: 'It may have run out of the time that it allows, or lack the state of this block.',
    details: { transaction },
  });
}
