import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { payerOf } from '../call/payer-of.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildSupplyCollateralParameters, buildSupplyCollateral } from './build-supply-collateral.ts';

export type SupplyCollateralParameters = Omit<BuildSupplyCollateralParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildSupplyCollateralParameters['owner'] | undefined;
  };
export type SupplyCollateralReturnType = Sent<undefined>;
export type SupplyCollateralErrorType = MillraceError;

/**
 * Adds collateral to a position.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await supplyCollateral(client, { market, index: 0, amount: 10n ** 18n })
 * ```
 */
export async function supplyCollateral(
  client: SdkClient,
  parameters: SupplyCollateralParameters,
): Promise<SupplyCollateralReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildSupplyCollateral({ ...parameters, owner });
  const payment = {
    payer: payerOf(account.address, owner, parameters.route),
    amount: parameters.amount,
    collateral: parameters.index,
  };
  return await sendMarketCall(client, { ...parameters, call, account, payment }, nothing);
}
