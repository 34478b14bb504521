import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import {
  type BuildWithdrawCollateralParameters,
  buildWithdrawCollateral,
} from './build-withdraw-collateral.ts';

export type WithdrawCollateralParameters = Omit<BuildWithdrawCollateralParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildWithdrawCollateralParameters['owner'] | undefined;
  };
export type WithdrawCollateralReturnType = Sent<undefined>;
export type WithdrawCollateralErrorType = MillraceError;

/**
 * Takes collateral out of a position.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await withdrawCollateral(client, { market, index: 0, amount: 10n ** 17n })
 * ```
 */
export async function withdrawCollateral(
  client: SdkClient,
  parameters: WithdrawCollateralParameters,
): Promise<WithdrawCollateralReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildWithdrawCollateral({ ...parameters, owner });
  return await sendMarketCall(client, { ...parameters, call, account }, nothing);
}
