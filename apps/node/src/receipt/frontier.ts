import { hashPair, receiptLeaf } from '@millrace/protocol/compute';
import { type Hex, zeroHash } from 'viem';

/**
 * As much of a receipt tree as its root needs: the roots of its complete subtrees, of 2^k receipts each, lowest first; `null`
 * where there is none. A million receipts are twenty hashes. Same root as `createReceiptTree`.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly (Hex | null)[] };

/** No receipts. */
export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

/** The tree with one more receipt. @param receipt `hashReceipt` of it */
export function appendToFrontier({ size, peaks }: Frontier, receipt: Hex): Frontier {
  const next = [...peaks];
  let node = receiptLeaf(receipt);
  let height = 0;
  for (; ; height++) {
    const left = next[height];
    if (left === undefined || left === null) break;
    node = hashPair(left, node);
    next[height] = null;
  }
  next[height] = node;
  return { size: size + 1, peaks: next };
}

/** Root of the tree; zero without receipts. */
export function frontierRoot({ peaks }: Frontier): Hex {
  let carried: Hex | undefined;
  for (const peak of peaks) {
    if (peak !== null) carried = carried === undefined ? peak : hashPair(peak, carried);
  }
  return carried ?? zeroHash;
}
