import { concat, type Hex } from 'viem';
import { keccak256 } from '../hash/keccak.ts';

/** The leaf of a receipt: hashed twice, so that no inner node of the tree passes for one. @param receipt `hashReceipt` */
export function receiptLeaf(receipt: Hex): Hex {
  return keccak256(receipt);
}

/** The parent of two nodes; in ascending order, so that a proof needs no directions. */
export function hashPair(a: Hex, b: Hex): Hex {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

/**
 * Whether a receipt is below a root: what `Receipts.includes` answers for the anchored root.
 *
 * @param receipt `hashReceipt` of it
 *
 * @example
 * ```ts
 * isBelowRoot(log.root, hashReceipt(receipt), log.proof(3)) // true
 * ```
 */
export function isBelowRoot(root: Hex, receipt: Hex, proof: readonly Hex[]): boolean {
  return proof.reduce(hashPair, receiptLeaf(receipt)) === root.toLowerCase();
}
