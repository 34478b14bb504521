import type { MillraceError } from '@millrace/protocol';
import type { Address, Hex } from 'viem';
import type { SdkClient } from '../call/client.ts';
import { payerOf } from '../call/payer-of.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { buildSupplyCollateral } from './build-supply-collateral.ts';

export type SupplyCollateralParameters = SendOptions & {
  market: Address;
  /** Number of the collateral. */
  index: number;
  /** Base units of the collateral. */
  amount: bigint;
  /** Whose position it is. Default: the account that sends. */
  owner?: Address | undefined;
  /** Default: the owner's own stripe. See `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the caller's callback before the money is pulled. Default: no callback. */
  data?: Hex | undefined;
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
  const { market, index, amount, route, data } = parameters;
  const isPlain = owner === account.address && !route && data === undefined;
  const call = buildSupplyCollateral({
    market,
    index,
    amount,
    ...(isPlain ? {} : { owner, route, data }),
  });
  const payment = {
    payer: payerOf(account.address, owner, route),
    amount,
    collateral: index,
  };
  return await sendMarketCall(client, { ...parameters, call, account, payment }, nothing);
}
