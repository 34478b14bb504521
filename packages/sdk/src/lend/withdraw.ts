import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { findEvent } from '../event/find-event.ts';
import { type BuildWithdrawParameters, buildWithdraw } from './build-withdraw.ts';

export type WithdrawParameters = Omit<BuildWithdrawParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildWithdrawParameters['owner'] | undefined;
  };
export type WithdrawReturnType = Sent<bigint>;
export type WithdrawErrorType = MillraceError;

/**
 * Takes assets out of a market. `result` is the shares that it took.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await withdraw(client, { market, assets: 1_000_000n })
 * ```
 */
export async function withdraw(
  client: SdkClient,
  parameters: WithdrawParameters,
): Promise<WithdrawReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildWithdraw({ ...parameters, owner });
  return await sendMarketCall(
    client,
    { ...parameters, call, account },
    (events) => findEvent(events, 'Withdraw').shares,
  );
}
