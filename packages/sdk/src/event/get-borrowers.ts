import type { MillraceError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, getAbiItem } from 'viem';
import { getBlockNumber } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { type ScanLogsParameters, scanLogs } from './scan-logs.ts';

const BORROWED = getAbiItem({ abi: iMarketAbi, name: 'Borrowed' });

export type GetBorrowersParameters = Omit<ScanLogsParameters<typeof BORROWED>, 'address' | 'event'> & {
  market: Address;
};
/** Continue with `fromBlock: scannedTo + 1n`. */
export type GetBorrowersReturnType = { borrowers: Address[]; scannedTo: bigint };
export type GetBorrowersErrorType = MillraceError;

/**
 * Everybody who has ever borrowed from a market in these blocks, in the order of their first loan; some may have repaid
 * since. For bots: read their positions with `getPositions`.
 *
 * @example
 * ```ts
 * const { borrowers, scannedTo } = await getBorrowers(client, { market, fromBlock: createdAtBlock })
 * ```
 */
export async function getBorrowers(
  client: SdkClient,
  { market, ...range }: GetBorrowersParameters,
): Promise<GetBorrowersReturnType> {
  const toBlock = range.toBlock ?? (await decoding(() => getBlockNumber(client, { cacheTime: 0 })));
  const borrowers = new Set<Address>();
  for await (const logs of scanLogs(client, { ...range, toBlock, address: market, event: BORROWED })) {
    for (const log of logs) borrowers.add(log.args.owner);
  }
  return { borrowers: [...borrowers], scannedTo: toBlock };
}
