import { type Anvil, startAnvil } from '@millrace/devnet';
import fc from 'fast-check';
import type { Address } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlockAccess } from '../src/access/block-access.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import { createStructLogSource } from '../src/source/struct-logs/struct-log-source.ts';
import { createJavaScriptSource } from '../src/source/tracers/javascript-source.ts';
import { createPrestateSource } from '../src/source/tracers/prestate-source.ts';
import { type Call, programCall, setUpChain, type TestChain } from './chain/test-chain.ts';
import { plain, slotsRead, writesApart } from './compare.ts';
import { randomBlock } from './random-block.ts';

let anvil: Anvil;
let chain: TestChain;

beforeAll(async () => {
  anvil = await startAnvil({
    noMining: true,
    blockGasLimit: 1_000_000_000,
    extraArguments: ['--gas-price', '0', '--steps-tracing'],
    baseFee: 0,
  });
  chain = await setUpChain(anvil.url);
});

afterAll(() => anvil?.stop());

test('three ways of asking anvil agree on what random blocks read, stored to and changed', async () => {
  const replay = createReplaySource(chain.rpc);
  const script = createJavaScriptSource(chain.rpc);
  const prestate = createPrestateSource(chain.rpc);
  await fc.assert(
    fc.asyncProperty(randomBlock(chain), async (calls) => {
      const number = await chain.mine(calls);
      const [first, second, third] = [
        await replay.readBlock(number),
        await script.readBlock(number),
        await prestate.readBlock(number),
      ];
      expect(second.transactions.map(plain)).toEqual(first.transactions.map(plain));
      expectSameGas(second, first);
      const halted = await haltedTransactions(number);
      for (const [i, slots] of slotsRead(first).entries()) {
        // The state before also has slots of contracts whose creation failed; nobody else can reach them.
        const ran = first.transactions[i]?.codes;
        const before = (slotsRead(third)[i] ?? []).filter((key) => ran?.has(key.slice(0, 42) as Address));
        expect(slots).toEqual(expect.arrayContaining(before));
        // What an instruction would have touched that ran out of gas, or was not allowed to store, is in doubt.
        if (!halted.has(first.transactions[i]?.hash ?? '')) expect(before).toEqual(slots);
      }
      expect(writesApart(third)).toEqual(writesApart(first));
    }),
    { numRuns: 40, examples: [[[createdTwice()]]] },
  );
}, 300_000);

test('the struct logger agrees with them', async () => {
  const replay = createReplaySource(chain.rpc);
  const steps = createStructLogSource(chain.rpc);
  await fc.assert(
    fc.asyncProperty(randomBlock(chain), async (calls) => {
      const number = await chain.mine(calls);
      const [first, second] = [await replay.readBlock(number), await steps.readBlock(number)];
      expect(second.transactions.map(plain)).toEqual(first.transactions.map(plain));
    }),
    { numRuns: 25 },
  );
}, 300_000);

/** A program that creates a contract where it has just created one, which is refused; what the first has done stays. */
function createdTwice(): Call {
  const [account, tangle] = [chain.accounts[0], chain.tangles[0]] as [Address, Address];
  return programCall(account, tangle, Uint8Array.of(0x88, 0x88), 0n);
}

/** Transactions in which code failed otherwise than by reverting. */
async function haltedTransactions(number: bigint): Promise<Set<string>> {
  const traces = (await chain.rpc.request('trace_block', [`0x${number.toString(16)}`])) as Trace[];
  const halted = traces.filter(({ error }) => error !== undefined && error !== 'Reverted');
  return new Set(halted.map(({ transactionHash }) => transactionHash));
}

type Trace = { transactionHash: string; error?: string };

/** Anvil does not tell scripts what a call costs: they cannot know whether its target was cold (2,500 gas). */
function expectSameGas(block: BlockAccess, expected: BlockAccess) {
  for (const [i, { environment }] of block.transactions.entries()) {
    for (const [field, gas] of environment) {
      const difference = Math.abs(gas - (expected.transactions[i]?.environment.get(field) ?? 0));
      expect(difference, field).toBeLessThanOrEqual(10 * 2_600);
    }
  }
}
