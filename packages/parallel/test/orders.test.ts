import { type Anvil, startAnvil } from '@millrace/devnet';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConflictGraph, type ConflictGraph } from '../src/graph/conflict-graph.ts';
import { IN_PLACE } from '../src/graph/conflict-rule.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import { type Call, setUpChain, type TestChain } from './chain/test-chain.ts';
import { randomBlock } from './random-block.ts';

let anvil: Anvil;
let chain: TestChain;

beforeAll(async () => {
  anvil = await startAnvil({
    noMining: true,
    blockGasLimit: 1_000_000_000,
    extraArguments: ['--gas-price', '0'],
    baseFee: 0,
  });
  chain = await setUpChain(anvil.url);
});

afterAll(() => anvil?.stop());

type Mined = { number: bigint; stateRoot: string; gas: readonly string[] };

/** Mines the calls at a given second, in the given order. */
async function mineAt(calls: readonly Call[], second: bigint): Promise<Mined> {
  await chain.rpc.request('evm_setNextBlockTimestamp', [`0x${second.toString(16)}`]);
  const number = await chain.mine(calls);
  const tag = `0x${number.toString(16)}`;
  const block = (await chain.rpc.request('eth_getBlockByNumber', [tag, false])) as {
    stateRoot: string;
    transactions: string[];
  };
  const receipts = block.transactions.map((hash) => chain.rpc.request('eth_getTransactionReceipt', [hash]));
  const gas = ((await Promise.all(receipts)) as { gasUsed: string }[]).map(({ gasUsed }) => gasUsed);
  return { number, stateRoot: block.stateRoot, gas };
}

/** An order that keeps every edge: at each step any of those that wait for nobody any more, as `choices` say. */
function reorder(graph: ConflictGraph, choices: readonly number[]): number[] {
  const order: number[] = [];
  const left = graph.gas.map((_, index) => index);
  while (left.length > 0) {
    const free = left.filter((index) => graph.waitsFor[index]?.every(({ from }) => order.includes(from)));
    const next = free[(choices[order.length] ?? 0) % free.length] as number;
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

test('any order that the graph allows leaves the state of the block, and each transaction its gas', async () => {
  const latest = (await chain.rpc.request('eth_getBlockByNumber', ['latest', false])) as {
    timestamp: string;
  };
  const second = BigInt(latest.timestamp) + 1000n;
  let moved = 0;
  const choices = fc.array(fc.nat(100), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(randomBlock(chain, 12), choices, async (calls, choose) => {
      const before = await chain.rpc.request('evm_snapshot', []);
      const first = await mineAt(calls, second);
      const { transactions } = await createReplaySource(chain.rpc).readBlock(first.number);
      const order = reorder(buildConflictGraph(transactions, IN_PLACE), choose);
      await chain.rpc.request('evm_revert', [before]);
      const again = await chain.rpc.request('evm_snapshot', []);
      const other = await mineAt(
        order.map((index) => calls[index] as Call),
        second,
      );
      await chain.rpc.request('evm_revert', [again]);
      if (order.some((index, place) => index !== place)) moved++;
      expect(other.stateRoot).toBe(first.stateRoot);
      expect(other.gas).toEqual(order.map((index) => first.gas[index]));
    }),
    { numRuns: 60 },
  );
  // About every other one is; so few would be no chance.
  expect(moved).toBeGreaterThan(8);
}, 300_000);
