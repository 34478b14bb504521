import type { MillraceError } from '@millrace/protocol';
import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildAnchorReceiptsParameters, buildAnchorReceipts } from './build-anchor-receipts.ts';

export type AnchorReceiptsParameters = BuildAnchorReceiptsParameters & SendOptions;
export type AnchorReceiptsReturnType = ComputeSent<typeof iReceiptsAbi, undefined>;
export type AnchorReceiptsErrorType = MillraceError;

/**
 * Fixes the root of all receipts that the account gave in an epoch. It cannot be replaced.
 *
 * @throws {@link MillraceError} `EPOCH_NOT_OVER`, `ALREADY_ANCHORED`, `EMPTY_ROOT`; nothing is sent then.
 *
 * @example
 * ```ts
 * await anchorReceipts(node, { receipts, epoch, root: tree.root, count: BigInt(tree.size) })
 * ```
 */
export async function anchorReceipts(
  client: SdkClient,
  parameters: AnchorReceiptsParameters,
): Promise<AnchorReceiptsReturnType> {
  const call = buildAnchorReceipts(parameters);
  return await sendComputeCall(client, iReceiptsAbi, { ...parameters, call }, nothing);
}
