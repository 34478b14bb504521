import type { MillraceError } from '@millrace/protocol';
import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import {
  type BuildAnchorReceiptsBySigParameters,
  buildAnchorReceiptsBySig,
} from './build-anchor-receipts-by-sig.ts';

export type AnchorReceiptsBySigParameters = BuildAnchorReceiptsBySigParameters & SendOptions;
export type AnchorReceiptsBySigReturnType = ComputeSent<typeof iReceiptsAbi, undefined>;
export type AnchorReceiptsBySigErrorType = MillraceError;

/**
 * Fixes the root of a node that signed it. Open to anyone.
 *
 * @throws {@link MillraceError} `BAD_SIGNATURE`, `EPOCH_NOT_OVER`, `ALREADY_ANCHORED`; nothing is sent then.
 *
 * @example
 * ```ts
 * await anchorReceiptsBySig(relayer, { receipts, ...await signAnchor(node, { receipts, epoch, root, count }) })
 * ```
 */
export async function anchorReceiptsBySig(
  client: SdkClient,
  parameters: AnchorReceiptsBySigParameters,
): Promise<AnchorReceiptsBySigReturnType> {
  const call = buildAnchorReceiptsBySig(parameters);
  return await sendComputeCall(client, iReceiptsAbi, { ...parameters, call }, nothing);
}
