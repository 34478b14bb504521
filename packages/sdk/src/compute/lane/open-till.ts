import type { MillraceError } from '@millrace/protocol';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildOpenTillParameters, buildOpenTill } from './build-open-till.ts';

export type OpenTillParameters = BuildOpenTillParameters & SendOptions;
export type OpenTillReturnType = ComputeSent<typeof iLanesAbi, undefined>;
export type OpenTillErrorType = MillraceError;

/**
 * Prepares a lane, so that the first payment there costs no more gas than later ones. Does nothing if that is done. Open to anyone.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await openTill(client, { contract: channels, lane: { payee, token, number: 0n } })
 * ```
 */
export async function openTill(
  client: SdkClient,
  parameters: OpenTillParameters,
): Promise<OpenTillReturnType> {
  const call = buildOpenTill(parameters);
  return await sendComputeCall(client, iLanesAbi, { ...parameters, call }, nothing);
}
