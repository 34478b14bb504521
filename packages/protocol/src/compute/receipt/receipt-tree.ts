import { type Hex, zeroHash } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { hashPair, receiptLeaf } from './merkle.ts';

/** The Merkle tree of a growing list of receipts. */
export type ReceiptTree = {
  /** How many receipts it has. */
  readonly size: number;
  /** Zero while there is none. Costs at most log₂ of the size in hashes. */
  readonly root: Hex;
  /** Adds a receipt: `hashReceipt` of it. One hash on average. */
  append(receipt: Hex): void;
  /**
   * The path from a receipt to the root.
   *
   * @throws {@link ComputeError} `RECEIPT_NOT_FOUND`
   */
  proof(index: number): Hex[];
};

/**
 * The tree whose root vouchers carry and nodes anchor: pairs of neighbours are hashed, level by level, and a node without a
 * neighbour moves up as it is. Keeps 64 bytes for each receipt, and never hashes the old ones again.
 *
 * @param receipts hashes to begin with
 *
 * @example
 * ```ts
 * const tree = createReceiptTree()
 * tree.append(hashReceipt(receipt))
 * await receiptsContract.write.anchor([epoch, tree.root, BigInt(tree.size)])
 * ```
 */
export function createReceiptTree(receipts: Iterable<Hex> = []): ReceiptTree {
  /** By height: every node that stands above 2^height receipts. */
  const levels: Hex[][] = [];

  const append = (receipt: Hex): void => {
    let node = receiptLeaf(receipt);
    for (let height = 0; ; height++) {
      const level = levels[height] ?? [];
      levels[height] = level;
      level.push(node);
      if (level.length % 2 !== 0) return;
      node = hashPair(level.at(-2) as Hex, node);
    }
  };
  const size = () => levels[0]?.length ?? 0;
  /** The nodes without a neighbour, folded from the lowest up to below `height`. */
  const tail = (height: number): Hex | undefined => {
    let carried: Hex | undefined;
    for (const level of levels.slice(0, height)) {
      if (level.length % 2 === 0) continue;
      const last = level.at(-1) as Hex;
      carried = carried === undefined ? last : hashPair(last, carried);
    }
    return carried;
  };
  const proof = (index: number): Hex[] => {
    if (!Number.isInteger(index) || index < 0 || index >= size()) {
      throw new ComputeError('RECEIPT_NOT_FOUND', `There is no receipt ${index}; there are ${size()}.`);
    }
    const path: Hex[] = [];
    let at = index;
    for (const [height, level] of levels.entries()) {
      const sibling = at ^ 1;
      // Right of the complete nodes of a level stands at most one more: what is left over below.
      const node = sibling === level.length ? tail(height) : level[sibling];
      if (node !== undefined) path.push(node);
      at >>= 1;
    }
    return path;
  };

  for (const receipt of receipts) append(receipt);
  return {
    get size() {
      return size();
    },
    get root() {
      return tail(levels.length) ?? zeroHash;
    },
    append,
    proof,
  };
}
