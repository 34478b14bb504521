import { type Anvil, startAnvil } from '@millrace/devnet';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectSource } from '../src/source/detect-source.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import { createStructLogSource } from '../src/source/struct-logs/struct-log-source.ts';
import { setUpChain, type TestChain } from './chain/test-chain.ts';
import { keysOf, writes } from './compare.ts';
import { type Hardhat, startHardhat } from './hardhat/start-hardhat.ts';
import { randomBlock } from './random-block.ts';

let anvil: Anvil;
let hardhat: Hardhat;
let there: TestChain;
let here: TestChain;

beforeAll(async () => {
  const options = { noMining: true, blockGasLimit: 1_000_000_000, baseFee: 0, hardfork: 'prague' };
  [anvil, hardhat] = await Promise.all([
    startAnvil({ ...options, extraArguments: ['--gas-price', '0'] }),
    startHardhat(),
  ]);
  // The same accounts and the same transactions give the same addresses.
  [there, here] = [await setUpChain(anvil.url), await setUpChain(hardhat.url)];
});

afterAll(async () => {
  await Promise.all([anvil?.stop(), hardhat?.stop()]);
});

test('the same block touches the same on Hardhat, read from struct logs, as on anvil, read from vmTrace', async () => {
  const [replay, steps] = [createReplaySource(there.rpc), createStructLogSource(here.rpc)];
  // What depends on the block differs: its coinbase, time and randomness.
  const programs = (byte: number) => byte >> 4 !== 10 && byte >> 4 !== 9;
  await fc.assert(
    fc.asyncProperty(randomBlock(there, 6, programs), async (calls) => {
      const [first, second] = [
        await replay.readBlock(await there.mine(calls)),
        await steps.readBlock(await here.mine(calls)),
      ];
      expect(second.transactions.map(keysOf)).toEqual(first.transactions.map(keysOf));
      expect(second.transactions.map(({ gas }) => gas)).toEqual(first.transactions.map(({ gas }) => gas));
      const slots = (block: typeof first) =>
        block.transactions.map((transaction) => writes(transaction).filter(([key]) => key[42] === ':'));
      expect(slots(second)).toEqual(slots(first));
    }),
    { numRuns: 25 },
  );
}, 300_000);

test('it is found out that Hardhat has nothing better', async () => {
  const { source, server, passedOver } = await detectSource(here.rpc);
  expect(server).toMatch(/HardhatNetwork/);
  expect(source.name).toBe('debug_traceTransaction');
  expect(passedOver.join('\n')).toBe(
    [
      'trace_replayBlockTransactions: The server does not know trace_replayBlockTransactions.',
      'debug_traceBlockByNumber with a tracer of our own: The server does not know debug_traceBlockByNumber.',
      'debug_traceBlockByNumber with prestateTracer: The server does not know debug_traceBlockByNumber.',
    ].join('\n'),
  );
});
