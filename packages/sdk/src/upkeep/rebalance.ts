import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildRebalanceParameters, buildRebalance } from './build-rebalance.ts';

export type RebalanceParameters = BuildRebalanceParameters & SendOptions;
export type RebalanceReturnType = Sent<undefined>;
export type RebalanceErrorType = MillraceError;

/**
 * Evens out two tills.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await rebalance(client, { market, token: asset, from: 3, into: 7 })
 * ```
 */
export async function rebalance(
  client: SdkClient,
  parameters: RebalanceParameters,
): Promise<RebalanceReturnType> {
  const call = buildRebalance(parameters);
  return await sendMarketCall(client, { ...parameters, call }, nothing);
}
