import { type Hex, isAddressEqual, zeroHash } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { hashReceipt } from './encode-receipt.ts';
import type { Receipt } from './receipt.ts';

/** The end of a node’s chain of receipts: all that is needed to write the next one. */
export type ReceiptHead = {
  /** Of the next receipt. */
  readonly sequence: bigint;
  /** Hash of the last receipt. */
  readonly previous: Hex;
};

/** Before the first receipt. */
export const EMPTY_HEAD: ReceiptHead = { sequence: 0n, previous: zeroHash };

/** A receipt without its place in the chain. */
export type ReceiptFacts = Omit<Receipt, 'sequence' | 'previous'>;

/**
 * Writes the next receipt of a chain.
 *
 * @throws {@link ComputeError} `RECEIPT_INVALID`
 *
 * @example
 * ```ts
 * let head = EMPTY_HEAD
 * const { receipt, head: next } = appendReceipt(head, facts)
 * ```
 */
export function appendReceipt(
  head: ReceiptHead,
  facts: ReceiptFacts,
): { receipt: Receipt; head: ReceiptHead } {
  const receipt: Receipt = { ...facts, ...head };
  return { receipt, head: { sequence: head.sequence + 1n, previous: hashReceipt(receipt) } };
}

/**
 * Checks that receipts of one node follow each other and the head, none missing and none twice.
 *
 * @returns the head after them
 * @throws {@link ComputeError} `RECEIPT_CHAIN_BROKEN` with the index of the first that does not fit; `RECEIPT_INVALID`.
 */
export function verifyReceiptChain(
  receipts: readonly Receipt[],
  from: ReceiptHead = EMPTY_HEAD,
): ReceiptHead {
  let head = from;
  let last: Receipt | undefined;
  for (const [index, receipt] of receipts.entries()) {
    const follows = receipt.sequence === head.sequence && receipt.previous.toLowerCase() === head.previous;
    const sameNode = last === undefined || isAddressEqual(last.node, receipt.node);
    if (!follows || !sameNode || (last && receipt.endedAt < last.endedAt)) throw broken(index, receipt, head);
    head = { sequence: head.sequence + 1n, previous: hashReceipt(receipt) };
    last = receipt;
  }
  return head;
}

function broken(index: number, { sequence, previous }: Receipt, head: ReceiptHead): ComputeError {
  return new ComputeError('RECEIPT_CHAIN_BROKEN', `Receipt ${sequence} does not follow the one before it.`, {
    index,
    expected: head,
    actual: { sequence, previous },
  });
}
