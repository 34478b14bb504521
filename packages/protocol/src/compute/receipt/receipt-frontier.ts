import { type Hex, zeroHash } from 'viem';
import { hashPair, receiptLeaf } from './merkle.ts';

/**
 * As much of a receipt tree as its root needs: the roots of its complete subtrees, of 2^k receipts each, lowest first; `null`
 * where there is none. A million receipts are twenty hashes, and JSON can carry them.
 */
export type ReceiptFrontier = { readonly size: number; readonly peaks: readonly (Hex | null)[] };

/** No receipts. */
export const EMPTY_FRONTIER: ReceiptFrontier = { size: 0, peaks: [] };

/** The tree with one more receipt. Same root as `createReceiptTree`. @param receipt `hashReceipt` of it */
export function appendToFrontier({ size, peaks }: ReceiptFrontier, receipt: Hex): ReceiptFrontier {
  const next = [...peaks];
  let node = receiptLeaf(receipt);
  let height = 0;
  for (let left = next[0]; left !== undefined && left !== null; left = next[height]) {
    node = hashPair(left, node);
    next[height] = null;
    height += 1;
  }
  next[height] = node;
  return { size: size + 1, peaks: next };
}

/** Root of the tree; zero without receipts. */
export function frontierRoot({ peaks }: ReceiptFrontier): Hex {
  let carried: Hex | undefined;
  for (const peak of peaks) {
    if (peak !== null) carried = carried === undefined ? peak : hashPair(peak, carried);
  }
  return carried ?? zeroHash;
}
