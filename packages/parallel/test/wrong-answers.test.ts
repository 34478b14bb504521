import { type Anvil, startAnvil } from '@millrace/devnet';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ParallelError } from '../src/errors.ts';
import type { AccessSource } from '../src/source/access-source.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import type { Rpc } from '../src/source/rpc.ts';
import { createStructLogSource } from '../src/source/struct-logs/struct-log-source.ts';
import { createJavaScriptSource } from '../src/source/tracers/javascript-source.ts';
import { createPrestateSource } from '../src/source/tracers/prestate-source.ts';
import { programCall, setUpChain, type TestChain, tokenCall } from './chain/test-chain.ts';
import { plain } from './compare.ts';
import { type Rewrite, rewriting } from './rewriting-rpc.ts';

let anvil: Anvil;
let chain: TestChain;
let block: bigint;
/** True answers, so that thousands of wrong ones cost nothing. */
let remembered: Rpc;

beforeAll(async () => {
  anvil = await startAnvil({ noMining: true, extraArguments: ['--steps-tracing'] });
  chain = await setUpChain(anvil.url);
  const [first, second, third, fourth] = chain.accounts as [
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
  ];
  const tangle = chain.tangles[2] as `0x${string}`;
  block = await chain.mine([
    tokenCall(first, chain.token, second, 5n),
    programCall(second, tangle, Uint8Array.from([0x31, 0x4a, 0x85, 0x0c, 0x76])),
    programCall(third, tangle, Uint8Array.from([0x07, 0x79])),
    { from: fourth, to: first, value: 7n },
  ]);
  const known = new Map<string, unknown>();
  const request: Rpc['request'] = async (method, params) => {
    const key = JSON.stringify([method, params]);
    if (!known.has(key)) known.set(key, await chain.rpc.request(method, params));
    return structuredClone(known.get(key));
  };
  remembered = rewriting({ request, stream: chain.rpc.stream }, (_, __, result) => result);
});

afterAll(() => anvil?.stop());

const SOURCES = {
  replay: createReplaySource,
  script: createJavaScriptSource,
  prestate: createPrestateSource,
  steps: createStructLogSource,
} satisfies Record<string, (rpc: Rpc) => AccessSource>;

type Item = Record<string, unknown>;

/** Changes the answer to one method. */
function when(method: string, change: (result: never) => unknown): Rewrite {
  return (asked, _, result) => (asked === method ? change(result as never) : result);
}

const TRACE = 'trace_replayBlockTransactions';
const DEBUG = 'debug_traceBlockByNumber';
const STEPS = 'debug_traceTransaction';

const CASES: readonly [name: string, source: keyof typeof SOURCES, rewrite: Rewrite][] = [
  ['a transaction is missing', 'replay', when(TRACE, (list: Item[]) => list.slice(1))],
  ['the last one is missing', 'replay', when(TRACE, (list: Item[]) => list.slice(0, -1))],
  ['one is there twice', 'replay', when(TRACE, (list: Item[]) => [...list, list[0]])],
  ['two have changed places', 'replay', when(TRACE, ([a, b, ...rest]: Item[]) => [b, a, ...rest])],
  [
    'no instructions',
    'replay',
    when(TRACE, (list: Item[]) => list.map((item) => ({ ...item, vmTrace: null }))),
  ],
  [
    'no differences',
    'replay',
    when(TRACE, (list: Item[]) => list.map((item) => ({ ...item, stateDiff: {} }))),
  ],
  ['no calls', 'replay', when(TRACE, (list: Item[]) => list.map((item) => ({ ...item, trace: [] })))],
  [
    'the first without its hash',
    'replay',
    when(TRACE, ([first, ...rest]: Item[]) => [{ ...first, transactionHash: undefined }, ...rest]),
  ],
  [
    'it answers another block',
    'replay',
    when('eth_getBlockByNumber', (item: Item) => ({ ...item, number: '0x1' })),
  ],
  ['the block is not there', 'replay', when('eth_getBlockByNumber', () => null)],
  [
    'a tracer that answers nothing',
    'script',
    when(DEBUG, (list: Item[]) => list.map((item) => ({ ...item, result: {} }))),
  ],
  [
    'a transaction that was not traced',
    'script',
    when(DEBUG, ([first, ...rest]: Item[]) => [{ ...first, error: 'late' }, ...rest]),
  ],
  ['tracers that differ in order', 'prestate', when(DEBUG, (list: Item[]) => [...list].reverse())],
  ['receipts that are missing', 'prestate', when('eth_getBlockReceipts', (list: Item[]) => list.slice(1))],
  [
    'receipts that have changed places',
    'script',
    when('eth_getBlockReceipts', (list: Item[]) => [...list].reverse()),
  ],
  ['no lines', 'steps', when(STEPS, (trace: Item) => ({ ...trace, structLogs: [] }))],
  [
    'half of the lines',
    'steps',
    when(STEPS, (trace: { structLogs: unknown[] }) => ({
      ...trace,
      structLogs: trace.structLogs.slice(0, trace.structLogs.length >> 1),
    })),
  ],
  [
    'lines without a stack',
    'steps',
    when(STEPS, (trace: { structLogs: Item[] }) => ({
      ...trace,
      structLogs: trace.structLogs.map(({ stack: _, ...line }) => line),
    })),
  ],
  [
    'a trace of another transaction',
    'steps',
    when(STEPS, (trace: Item) => ({ ...trace, failed: !trace.failed })),
  ],
  [
    'another state afterwards',
    'steps',
    (method, params, result) =>
      method === 'eth_getStorageAt' && params[2] === `0x${block.toString(16)}`
        ? `0x${'ab'.repeat(32)}`
        : result,
  ],
];

test.each(CASES)('%s (%s)', async (_, name, rewrite) => {
  const source = SOURCES[name](rewriting(remembered, rewrite));
  const error = await source.readBlock(block).then(
    () => expect.fail('It was believed.'),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ParallelError);
  expect((error as ParallelError).code).toMatch(
    /^(TRACE_INCONSISTENT|RPC_MALFORMED|RPC_REFUSED|BLOCK_NOT_FOUND)$/,
  );
  expect((error as ParallelError).hint).toBeTruthy();
});

test.each(Object.keys(SOURCES) as (keyof typeof SOURCES)[])(
  'a field that is missing, null or of another type is found out or does not matter (%s)',
  async (name) => {
    const truth = await SOURCES[name](remembered).readBlock(block);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.constantFrom(undefined, null, true, 'x', 12.5),
        async (answer, place, value) => {
          let questions = 0;
          const spoil: Rewrite = (_, __, result) => {
            questions += 1;
            return questions === 1 + (answer % 12) ? spoilt(result, place, value) : result;
          };
          const read = SOURCES[name](rewriting(remembered, spoil)).readBlock(block);
          const outcome = await read.catch((error: unknown) => error);
          if (outcome instanceof ParallelError) return;
          if (outcome instanceof Error) throw outcome;
          expect((outcome as typeof truth).transactions.map(essence)).toEqual(
            truth.transactions.map(essence),
          );
        },
      ),
      { numRuns: 400 },
    );
  },
  300_000,
);

/** Preimages only give names, and a trace may have fewer of them. */
function essence(transaction: Parameters<typeof plain>[0]) {
  const { preimages: _, ...rest } = plain(transaction);
  return rest;
}

/**
 * The answer with one of its fields, at any depth, replaced or left out. Items of lists and of maps by address or slot stay, and
 * so do fields that prestateTracer leaves out when they are nothing.
 */
function spoilt(answer: unknown, place: number, value: unknown): unknown {
  const fields: [holder: Item, key: string][] = [];
  const visit = (item: unknown) => {
    if (typeof item !== 'object' || item === null) return;
    for (const [key, inner] of Object.entries(item)) {
      if (!Array.isArray(item) && !key.startsWith('0x')) fields.push([item as Item, key]);
      visit(inner);
    }
  };
  visit(answer);
  const [holder, key] = fields[place % Math.max(1, fields.length)] ?? [];
  if (holder && key !== undefined) {
    const isOptional = /^(balance|nonce|code|storage)$/.test(key);
    if (value === undefined && !isOptional) delete holder[key];
    else if (value !== undefined) holder[key] = value;
  }
  return answer;
}
