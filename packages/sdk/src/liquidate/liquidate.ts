import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { findEvent } from '../event/find-event.ts';
import { getDebt } from '../position/get-debt.ts';
import { type BuildLiquidateParameters, buildLiquidate } from './build-liquidate.ts';

export type LiquidateParameters = BuildLiquidateParameters & SendOptions;
export type LiquidateReturnType = Sent<{ repaid: bigint; seized: bigint }>;
export type LiquidateErrorType = MillraceError;

/**
 * Liquidates a position. `result` is what was repaid (base units of the asset) and seized (of the collateral named).
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await liquidate(client, { market, owner: borrower, index: 0 })
 * ```
 */
export async function liquidate(
  client: SdkClient,
  parameters: LiquidateParameters,
): Promise<LiquidateReturnType> {
  const account = requireAccount(client, parameters.account);
  const call = buildLiquidate(parameters);
  const { market, owner, maxRepay } = parameters;
  const payment = {
    payer: account.address,
    amount: () => getDebt(client, { market, owner, most: maxRepay }),
  };
  return await sendMarketCall(client, { ...parameters, call, account, payment }, (events) => {
    const { repaid, seized } = findEvent(events, 'Liquidated');
    return { repaid, seized };
  });
}
