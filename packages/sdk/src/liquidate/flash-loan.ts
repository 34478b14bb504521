import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import type { MarketEvent } from '../event/decode-events.ts';
import { type BuildFlashLoanParameters, buildFlashLoan } from './build-flash-loan.ts';

export type FlashLoanParameters = BuildFlashLoanParameters & SendOptions;
export type FlashLoanReturnType = Sent<bigint>;
export type FlashLoanErrorType = MillraceError;

/**
 * Lends to a contract for the length of one call. `result` is the fee.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await flashLoan(client, { market, receiver, token: asset, amount })
 * ```
 */
export async function flashLoan(
  client: SdkClient,
  parameters: FlashLoanParameters,
): Promise<FlashLoanReturnType> {
  const call = buildFlashLoan(parameters);
  return await sendMarketCall(client, { ...parameters, call }, feeOf);
}

/** A loan without a fee leaves no event. */
function feeOf(events: readonly MarketEvent[]): bigint {
  const loan = events.find((event) => event.eventName === 'FlashLoaned');
  return loan?.args.fee ?? 0n;
}
