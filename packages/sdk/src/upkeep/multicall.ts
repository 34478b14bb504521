import type { MillraceError } from '@millrace/protocol';
import { decodeAbiParameters, type Hex } from 'viem';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildMulticallParameters, buildMulticall } from './build-multicall.ts';

export type MulticallParameters = BuildMulticallParameters & SendOptions;
/** `result`: what each call returned when it was simulated, encoded. */
export type MulticallReturnType = Sent<readonly Hex[]>;
export type MulticallErrorType = MillraceError;

/**
 * Sends several calls of one market in one transaction, all or none.
 *
 * @example
 * ```ts
 * await multicall(client, { market, calls: [buildSubmitPrice({ market, index: 0, data }), buildBorrow(loan)] })
 * ```
 */
export async function multicall(
  client: SdkClient,
  parameters: MulticallParameters,
): Promise<MulticallReturnType> {
  const call = buildMulticall(parameters);
  return await sendMarketCall(
    client,
    { ...parameters, call },
    (_events, output) => decodeAbiParameters([{ type: 'bytes[]' }], output)[0],
  );
}
