import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { findEvent } from '../event/find-event.ts';
import { type BuildRedeemParameters, buildRedeem } from './build-redeem.ts';

export type RedeemParameters = Omit<BuildRedeemParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildRedeemParameters['owner'] | undefined;
  };
export type RedeemReturnType = Sent<bigint>;
export type RedeemErrorType = MillraceError;

/**
 * Sells shares of a market. `result` is the assets that they brought.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await redeem(client, { market, shares: position.shares })
 * ```
 */
export async function redeem(client: SdkClient, parameters: RedeemParameters): Promise<RedeemReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildRedeem({ ...parameters, owner });
  return await sendMarketCall(
    client,
    { ...parameters, call, account },
    (events) => findEvent(events, 'Withdraw').assets,
  );
}
