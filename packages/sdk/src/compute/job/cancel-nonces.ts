import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildCancelNoncesParameters, buildCancelNonces } from './build-cancel-nonces.ts';

export type CancelNoncesParameters = BuildCancelNoncesParameters & SendOptions;
export type CancelNoncesReturnType = ComputeSent<typeof iJobMarketAbi, undefined>;
export type CancelNoncesErrorType = MillraceError;

/**
 * Uses up nonces, so that no order or bid that was signed with them is matched any more.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await cancelNonces(client, { jobMarket, word: order.nonce >> 8n, mask: 1n << (order.nonce & 255n) })
 * ```
 */
export async function cancelNonces(
  client: SdkClient,
  parameters: CancelNoncesParameters,
): Promise<CancelNoncesReturnType> {
  const call = buildCancelNonces(parameters);
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call }, nothing);
}
