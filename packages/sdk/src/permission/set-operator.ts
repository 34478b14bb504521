import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildSetOperatorParameters, buildSetOperator } from './build-set-operator.ts';

export type SetOperatorParameters = BuildSetOperatorParameters & SendOptions;
export type SetOperatorReturnType = Sent<undefined>;
export type SetOperatorErrorType = MillraceError;

/**
 * Lets an operator act for the account.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await setOperator(client, { market, operator, scope: SCOPE.borrow, expiry })
 * ```
 */
export async function setOperator(
  client: SdkClient,
  parameters: SetOperatorParameters,
): Promise<SetOperatorReturnType> {
  const call = buildSetOperator(parameters);
  return await sendMarketCall(client, { ...parameters, call }, nothing);
}
