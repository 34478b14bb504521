import { createReceiptTree } from '@millrace/protocol/compute';
import { keccak256, toHex } from 'viem';
import { expect, it } from 'vitest';
import { appendToFrontier, EMPTY_FRONTIER, frontierRoot } from './frontier.ts';

it('has the root of the whole tree, at every size', () => {
  const tree = createReceiptTree();
  let frontier = EMPTY_FRONTIER;
  expect(frontierRoot(frontier)).toBe(tree.root);
  for (let size = 1; size <= 300; size++) {
    const receipt = keccak256(toHex(size));
    tree.append(receipt);
    frontier = appendToFrontier(frontier, receipt);
    expect(frontierRoot(JSON.parse(JSON.stringify(frontier)))).toBe(tree.root);
    expect(frontier.size).toBe(size);
  }
});
