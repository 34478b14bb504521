import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { payerOf } from '../call/payer-of.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { findEvent } from '../event/find-event.ts';
import { getDebt } from '../position/get-debt.ts';
import { type BuildRepayParameters, buildRepay } from './build-repay.ts';

export type RepayParameters = Omit<BuildRepayParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildRepayParameters['owner'] | undefined;
  };
export type RepayReturnType = Sent<bigint>;
export type RepayErrorType = MillraceError;

/**
 * Repays a debt. `result` is what was pulled: at most the debt.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await repay(client, { market, assets: maxUint256 })
 * ```
 */
export async function repay(client: SdkClient, parameters: RepayParameters): Promise<RepayReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildRepay({ ...parameters, owner });
  const payment = {
    payer: payerOf(account.address, owner, parameters.route),
    amount: () => getDebt(client, { market: parameters.market, owner, most: parameters.assets }),
  };
  return await sendMarketCall(
    client,
    { ...parameters, call, account, payment },
    (events) => findEvent(events, 'Repaid').assets,
  );
}
