import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildAnchorReceiptsParameters = {
  /** The `Receipts`. */
  receipts: Address;
  /** Must be over; see `epochOf`. */
  epoch: bigint;
  /** Of the tree of all receipts of the epoch. */
  root: Hex;
  /** How many receipts are below the root. */
  count: bigint;
};
export type BuildAnchorReceiptsReturnType = Call;

/** Fixes the sender’s root of an epoch that is over. */
export function buildAnchorReceipts({
  receipts,
  epoch,
  root,
  count,
}: BuildAnchorReceiptsParameters): BuildAnchorReceiptsReturnType {
  return buildComputeCall(iReceiptsAbi, receipts, 'anchor', [epoch, root, count]);
}
