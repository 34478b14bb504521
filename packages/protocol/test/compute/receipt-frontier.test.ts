import {
  appendToFrontier,
  createReceiptTree,
  EMPTY_FRONTIER,
  frontierRoot,
} from '@millrace/protocol/compute';
import { keccak256, toHex } from 'viem';
import { expect, it } from 'vitest';

it('a frontier has the root of the whole tree, at every size, and survives as JSON', () => {
  const tree = createReceiptTree();
  let frontier = EMPTY_FRONTIER;
  expect(frontierRoot(frontier)).toBe(tree.root);
  for (let size = 1; size <= 300; size++) {
    const receipt = keccak256(toHex(size));
    tree.append(receipt);
    frontier = JSON.parse(JSON.stringify(appendToFrontier(frontier, receipt)));
    expect(frontierRoot(frontier)).toBe(tree.root);
    expect(frontier.size).toBe(size);
    expect(frontier.peaks.length).toBeLessThan(10);
  }
});
