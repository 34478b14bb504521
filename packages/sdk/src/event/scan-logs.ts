import { type MillraceError, toMillraceError } from '@millrace/protocol';
import type { AbiEvent, Address, GetLogsReturnType } from 'viem';
import { getBlockNumber, getLogs } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type ScanLogsParameters<event extends AbiEvent> = {
  address: Address;
  event: event;
  /** Default: 0. */
  fromBlock?: bigint | undefined;
  /** Default: the newest block when it begins. */
  toBlock?: bigint | undefined;
  /** Blocks asked for at once, at most; halved as often as the node refuses a range. Default: 5000. */
  chunkBlocks?: bigint | undefined;
  /** Told after each chunk. */
  onProgress?: ((progress: ScanProgress) => void) | undefined;
  /** Ends the scan between two chunks. */
  signal?: AbortSignal | undefined;
};

/** All blocks up to `scannedTo` have been read. `share` is from 0 to 1. */
export type ScanProgress = { scannedTo: bigint; toBlock: bigint; share: number };
export type ScanLogsErrorType = MillraceError;

/**
 * Reads the logs of one event chunk by chunk, oldest first.
 *
 * @throws {@link MillraceError} when the node fails, also for a single block.
 */
export async function* scanLogs<const event extends AbiEvent>(
  client: SdkClient,
  parameters: ScanLogsParameters<event>,
): AsyncGenerator<GetLogsReturnType<event, [event], true>> {
  const { address, event, onProgress, signal } = parameters;
  const start = parameters.fromBlock ?? 0n;
  const toBlock = parameters.toBlock ?? (await decoding(() => getBlockNumber(client, { cacheTime: 0 })));
  let chunk = parameters.chunkBlocks ?? 5_000n;
  for (let from = start; from <= toBlock; ) {
    signal?.throwIfAborted();
    const to = from + chunk - 1n < toBlock ? from + chunk - 1n : toBlock;
    let logs: GetLogsReturnType<event, [event], true>;
    try {
      const range = { address, event, strict: true as const, fromBlock: from, toBlock: to };
      logs = (await getLogs(client, range)) as GetLogsReturnType<event, [event], true>;
    } catch (cause) {
      const error = toMillraceError(cause);
      // Nodes limit blocks or logs per request, each in its own words; a smaller range passes them all.
      if (chunk === 1n || error.code === 'RPC_UNREACHABLE') throw error;
      chunk = chunk / 2n > 0n ? chunk / 2n : 1n;
      continue;
    }
    yield logs;
    onProgress?.({ scannedTo: to, toBlock, share: shareOf(start, to, toBlock) });
    from = to + 1n;
  }
}

function shareOf(start: bigint, done: bigint, end: bigint): number {
  return Number(done - start + 1n) / Number(end - start + 1n);
}
