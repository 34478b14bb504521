import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { payerOf } from '../call/payer-of.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { findEvent } from '../event/find-event.ts';
import { type BuildSupplyParameters, buildSupply } from './build-supply.ts';

export type SupplyParameters = Omit<BuildSupplyParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildSupplyParameters['owner'] | undefined;
  };
export type SupplyReturnType = Sent<bigint>;
export type SupplyErrorType = MillraceError;

/**
 * Lends to a market. `result` is the shares that the owner received.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * const { result: shares } = await supply(client, { market, assets: 1_000_000n })
 * ```
 */
export async function supply(client: SdkClient, parameters: SupplyParameters): Promise<SupplyReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildSupply({ ...parameters, owner });
  const payment = { payer: payerOf(account.address, owner, parameters.route), amount: parameters.assets };
  return await sendMarketCall(
    client,
    { ...parameters, call, account, payment },
    (events) => findEvent(events, 'Deposit').shares,
  );
}
