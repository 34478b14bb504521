import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildSetOperatorBySigParameters, buildSetOperatorBySig } from './build-set-operator-by-sig.ts';

export type SetOperatorBySigParameters = BuildSetOperatorBySigParameters & SendOptions;
export type SetOperatorBySigReturnType = Sent<undefined>;
export type SetOperatorBySigErrorType = MillraceError;

/**
 * Sets an operator with the owner’s signature.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await setOperatorBySig(client, { market, ...await signOperator(client, terms) })
 * ```
 */
export async function setOperatorBySig(
  client: SdkClient,
  parameters: SetOperatorBySigParameters,
): Promise<SetOperatorBySigReturnType> {
  const call = buildSetOperatorBySig(parameters);
  return await sendMarketCall(client, { ...parameters, call }, nothing);
}
