import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, isAddressEqual, type Log, type ParseEventLogsReturnType, parseEventLogs } from 'viem';

/** One event of a market, with all of its arguments. */
export type MarketEvent = ParseEventLogsReturnType<typeof iMarketAbi, undefined, true>[number];

export type DecodeEventsParameters = {
  logs: readonly Log[];
  /** Only events of this market. Default: of any. */
  market?: Address | undefined;
};
export type DecodeEventsReturnType = MarketEvent[];

/**
 * What happened in markets, in the order of the logs: their own events and those of ERC-20 and ERC-4626. Logs that are
 * none of them are left out. Never throws.
 *
 * @example
 * ```ts
 * for (const event of decodeEvents({ logs: receipt.logs })) {
 *   if (event.eventName === 'Borrowed') console.log(event.args.owner, event.args.assets)
 * }
 * ```
 */
export function decodeEvents({ logs, market }: DecodeEventsParameters): DecodeEventsReturnType {
  const own = market === undefined ? logs : logs.filter((log) => isAddressEqual(log.address, market));
  return parseEventLogs({ abi: iMarketAbi, logs: [...own] });
}
