import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildAnchorReceiptsBySigParameters = {
  /** The `Receipts`. */
  receipts: Address;
  /** Who signed. */
  node: Address;
  /** Must be over; see `epochOf`. */
  epoch: bigint;
  /** Of the tree of all receipts of the epoch. */
  root: Hex;
  /** How many receipts are below the root. */
  count: bigint;
  /** From `signAnchor`. */
  signature: Hex;
};
export type BuildAnchorReceiptsBySigReturnType = Call;

/** Fixes the root of a node that signed it; anyone may send it. */
export function buildAnchorReceiptsBySig({
  receipts,
  node,
  epoch,
  root,
  count,
  signature,
}: BuildAnchorReceiptsBySigParameters): BuildAnchorReceiptsBySigReturnType {
  return buildComputeCall(iReceiptsAbi, receipts, 'anchorBySig', [node, epoch, root, count, signature]);
}
