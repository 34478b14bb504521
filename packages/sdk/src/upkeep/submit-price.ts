import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildSubmitPriceParameters, buildSubmitPrice } from './build-submit-price.ts';

export type SubmitPriceParameters = BuildSubmitPriceParameters & SendOptions;
export type SubmitPriceReturnType = Sent<undefined>;
export type SubmitPriceErrorType = MillraceError;

/**
 * Hands a signed price to an oracle. It counts within its transaction only, so it mostly belongs into a `multicall`.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await submitPrice(client, { market, index: 0, data })
 * ```
 */
export async function submitPrice(
  client: SdkClient,
  parameters: SubmitPriceParameters,
): Promise<SubmitPriceReturnType> {
  const call = buildSubmitPrice(parameters);
  return await sendMarketCall(client, { ...parameters, call }, nothing);
}
