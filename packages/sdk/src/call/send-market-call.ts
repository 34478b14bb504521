import type { Hash, Hex, TransactionReceipt } from 'viem';
import { decodeEvents, type MarketEvent } from '../event/decode-events.ts';
import type { SdkClient } from './client.ts';
import { type SendCallParameters, sendCall } from './send-call.ts';

/** A transaction that was mined. `events` are the market's, `result` is what it came to. */
export type Sent<Result = undefined> = {
  hash: Hash;
  receipt: TransactionReceipt;
  events: MarketEvent[];
  result: Result;
};

/** Sends a call to a market; `decode` reads what it came to from its events, or from what its simulation returned. */
export async function sendMarketCall<Result>(
  client: SdkClient,
  parameters: SendCallParameters,
  decode: (events: readonly MarketEvent[], output: Hex) => Result,
): Promise<Sent<Result>> {
  const { hash, receipt, output } = await sendCall(client, parameters);
  const events = decodeEvents({ logs: receipt.logs, market: parameters.call.to });
  return { hash, receipt, events, result: decode(events, output) };
}

/** For calls that return nothing. */
export function nothing(): undefined {
  return undefined;
}
