import { ParallelError } from '../errors.ts';
import { createAccessListSource } from './access-list/access-list-source.ts';
import type { AccessSource, SourceName } from './access-source.ts';
import { asFields, asList, asQuantity } from './answer/fields.ts';
import { toTag } from './answer/read-block-head.ts';
import { createBlockAccessListSource } from './block-access-list/block-access-list-source.ts';
import { createReplaySource } from './replay/replay-source.ts';
import type { Rpc } from './rpc.ts';
import { createStructLogSource } from './struct-logs/struct-log-source.ts';
import { createJavaScriptSource } from './tracers/javascript-source.ts';
import { createPrestateSource } from './tracers/prestate-source.ts';

export type DetectSourceOptions = {
  /** Try this way of asking first. */
  prefer?: SourceName;
  signal?: AbortSignal;
};

export type DetectedSource = {
  source: AccessSource;
  /** What the server calls itself; `undefined` when it does not say. */
  server: string | undefined;
  /** The block on which it was tried; `undefined` when no recent block has a transaction. */
  triedOn: bigint | undefined;
  /** Why each way of asking that would have been better was passed over, a sentence each. */
  passedOver: readonly string[];
};

/** Best first. */
const CANDIDATES: readonly { words: string; create: (rpc: Rpc) => AccessSource }[] = [
  { words: 'trace_replayBlockTransactions', create: createReplaySource },
  { words: 'debug_traceBlockByNumber with a tracer of our own', create: createJavaScriptSource },
  { words: 'debug_traceBlockByNumber with prestateTracer', create: createPrestateSource },
  { words: 'debug_traceTransaction', create: createStructLogSource },
  { words: 'eth_getBlockAccessList', create: createBlockAccessListSource },
  { words: 'eth_createAccessList', create: createAccessListSource },
];

/** How far back a block with transactions is looked for. */
const BLOCKS_BACK = 64n;

/**
 * Finds the best way of asking that a server has, by reading a recent small block in each way until one succeeds.
 *
 * @throws {@link ParallelError} `NO_SOURCE` when none does, `RPC_UNREACHABLE` and `INTERRUPTED` at once.
 *
 * @example
 * ```ts
 * const { source, passedOver } = await detectSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * console.log(source.name, source.unseen, passedOver)
 * ```
 */
export async function detectSource(rpc: Rpc, options: DetectSourceOptions = {}): Promise<DetectedSource> {
  const { prefer, signal } = options;
  const server = await rpc.request('web3_clientVersion', [], signal).catch(unlessFatal);
  const triedOn = await findSmallBlock(rpc, signal);
  const candidates = CANDIDATES.map(({ words, create }) => ({ words, source: create(rpc) }));
  const rank = ({ source }: { source: AccessSource }) => (source.name === prefer ? 0 : 1);
  const passedOver: string[] = [];
  for (const { words, source } of candidates.sort((a, b) => rank(a) - rank(b))) {
    const failure = await attempt(rpc, source, triedOn, signal);
    if (!failure)
      return { source, server: typeof server === 'string' ? server : undefined, triedOn, passedOver };
    passedOver.push(`${words}: ${failure.shortMessage}`);
  }
  throw new ParallelError('The server offers no way of finding out what transactions touch.', {
    code: 'NO_SOURCE',
    fault: 'user',
    hint: `Use an archive or tracing server. ${passedOver.join(' ')}`,
  });
}

async function attempt(
  rpc: Rpc,
  source: AccessSource,
  block: bigint | undefined,
  signal: AbortSignal | undefined,
): Promise<ParallelError | undefined> {
  try {
    if (block !== undefined) await source.readBlock(block, signal ? { signal } : {});
    // Without a transaction to try it on, that the server knows the method has to do.
    else await rpc.request(source.name, ['latest', []], signal);
    return undefined;
  } catch (error) {
    unlessFatal(error);
    if (!(error instanceof ParallelError)) throw error;
    return block !== undefined || error.code === 'RPC_METHOD_MISSING' ? error : undefined;
  }
}

/** A server that cannot be reached, or a user who had enough, ends it; everything else is about one way of asking. */
function unlessFatal(error: unknown): undefined {
  const isFatal =
    error instanceof ParallelError && (error.code === 'RPC_UNREACHABLE' || error.code === 'INTERRUPTED');
  if (isFatal || !(error instanceof ParallelError)) throw error;
  return undefined;
}

/** The recent block with the fewest transactions, so that trying is quick. */
async function findSmallBlock(rpc: Rpc, signal: AbortSignal | undefined): Promise<bigint | undefined> {
  const latest = asQuantity(await rpc.request('eth_blockNumber', [], signal), 'the number of the last block');
  let best: { number: bigint; size: number } | undefined;
  for (let number = latest; number > 0n && latest - number < BLOCKS_BACK; number -= 1n) {
    const block = await rpc.request('eth_getBlockByNumber', [toTag(number), false], signal);
    if (block === null) break;
    const size = asList(asFields(block, 'a block').transactions, 'the transactions of a block').length;
    if (size > 0 && (!best || size < best.size)) best = { number, size };
    if (best && (best.size <= 3 || latest - number >= 8n)) break;
  }
  return best?.number;
}
