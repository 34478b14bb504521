import { increaseTime, timeOf } from '@millrace/devnet';
import {
  appendReceipt,
  createReceiptTree,
  EMPTY_HEAD,
  EPOCH_SECONDS,
  epochOf,
  hashReceipt,
  isBelowRoot,
  type Receipt,
  verifyReceiptChain,
} from '@millrace/protocol/compute';
import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import { keccak256, toHex, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anchorReceipts,
  anchorReceiptsBySig,
  getAnchor,
  signAnchor,
  verifyAnchoredReceipt,
} from '../src/compute/index.ts';
import { type Compute, node, refusalOf, relayer, spec, startCompute } from './compute-fixture.ts';

let compute: Compute;
beforeAll(async () => {
  compute = await startCompute();
});
afterAll(() => compute?.anvil.stop());

const contract = () => compute.contracts.receipts;

/** A chain of receipts, as a node writes it. */
function receiptsOf(count: number): Receipt[] {
  let head = EMPTY_HEAD;
  return Array.from({ length: count }, (_, index) => {
    const next = appendReceipt(head, {
      node: node.address,
      job: keccak256(toHex(index)),
      module: spec.module,
      inputs: [spec.module],
      result: spec.module,
      outcome: 'DONE',
      fuel: BigInt(index),
      checkpoints: zeroHash,
      endedAt: 1_700_000_000n,
      microseconds: 5_000n,
      microwattHours: 28n,
      microgramsLocation: 9n,
      microgramsMarket: 0n,
    });
    head = next.head;
    return next.receipt;
  });
}

/** Ends the running epoch and returns it. */
async function endEpoch(): Promise<bigint> {
  const time = await timeOf(compute.admin);
  await increaseTime(compute.admin, EPOCH_SECONDS - (time % EPOCH_SECONDS));
  return epochOf(time);
}

describe('the tree of receipts against the contract', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 11, 16, 21])('every receipt of %d is found, and no other', async (count) => {
    const receipts = receiptsOf(count);
    verifyReceiptChain(receipts);
    const tree = createReceiptTree(receipts.map(hashReceipt));
    const epoch = await endEpoch();
    await anchorReceipts(compute.as(node), {
      receipts: contract(),
      epoch,
      root: tree.root,
      count: BigInt(tree.size),
    });
    const verify = (receipt: Receipt, proof: `0x${string}`[]) =>
      verifyAnchoredReceipt(compute.admin, { receipts: contract(), epoch, receipt, proof });
    for (const [index, receipt] of receipts.entries()) {
      expect(await verify(receipt, tree.proof(index))).toBe(true);
      const changed = { ...receipt, fuel: receipt.fuel + 1n };
      expect(await verify(changed, tree.proof(index))).toBe(false);
      expect(isBelowRoot(tree.root, hashReceipt(changed), tree.proof(index))).toBe(false);
      const wrong = tree.proof((index + 1) % count);
      if (count > 1)
        expect(await verify(receipt, wrong)).toBe(isBelowRoot(tree.root, hashReceipt(receipt), wrong));
    }
  });
});

describe('an anchor', () => {
  it('is put on chain by anybody for the node that signed it, once, after its epoch', async () => {
    const running = epochOf(await timeOf(compute.admin));
    const asked = { address: contract(), abi: iReceiptsAbi, functionName: 'currentEpoch' } as const;
    expect(await compute.admin.readContract(asked)).toBe(running);
    const root = createReceiptTree([keccak256('0x01')]).root;
    const early = () =>
      anchorReceipts(compute.as(node), { receipts: contract(), epoch: running, root, count: 1n });
    expect(await refusalOf(early)).toMatchObject({ code: 'EPOCH_NOT_OVER', retryable: true });

    const epoch = await endEpoch();
    const anchor = await signAnchor(compute.as(node), { receipts: contract(), epoch, root, count: 1n });
    const put = (terms: typeof anchor) => () =>
      anchorReceiptsBySig(compute.as(relayer), { receipts: contract(), ...terms });
    expect((await refusalOf(put({ ...anchor, count: 2n }))).code).toBe('BAD_SIGNATURE');
    expect(
      await getAnchor(compute.admin, { receipts: contract(), node: node.address, epoch }),
    ).toBeUndefined();
    const { receipt } = await put(anchor)();
    const kept = await getAnchor(compute.admin, { receipts: contract(), node: node.address, epoch });
    expect(kept).toMatchObject({ root, count: 1n, blockNumber: receipt.blockNumber });
    expect((await refusalOf(put(anchor))).code).toBe('ALREADY_ANCHORED');
  });

  it('needs a root', async () => {
    const epoch = await endEpoch();
    const empty = createReceiptTree().root;
    const put = () =>
      anchorReceipts(compute.as(node), { receipts: contract(), epoch, root: empty, count: 0n });
    expect((await refusalOf(put)).code).toBe('EMPTY_ROOT');
  });
});
