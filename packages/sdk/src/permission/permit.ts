import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildPermitParameters, buildPermit } from './build-permit.ts';

export type PermitParameters = BuildPermitParameters & SendOptions;
export type PermitReturnType = Sent;
export type PermitErrorType = MillraceError;

/**
 * Sets an allowance of shares with the owner’s signature.
 *
 * @example
 * ```ts
 * await permit(relayer, await signPermit(owner, { market, spender, value: shares, deadline }))
 * ```
 */
export async function permit(client: SdkClient, parameters: PermitParameters): Promise<PermitReturnType> {
  return await sendMarketCall(client, { ...parameters, call: buildPermit(parameters) }, nothing);
}
