import { type Anvil, startAnvil } from '@millrace/devnet';
import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlockAccess } from '../src/access/block-access.ts';
import { ParallelError } from '../src/errors.ts';
import { createAccessListSource } from '../src/source/access-list/access-list-source.ts';
import { createBlockAccessListSource } from '../src/source/block-access-list/block-access-list-source.ts';
import { detectSource } from '../src/source/detect-source.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import type { Rpc } from '../src/source/rpc.ts';
import { createPrestateSource } from '../src/source/tracers/prestate-source.ts';
import { programCall, setUpChain, type TestChain, tokenCall } from './chain/test-chain.ts';
import { plain, slotsRead, writes, writesApart } from './compare.ts';
import { toOpenEthereumForm } from './openethereum-form.ts';
import { randomBlock } from './random-block.ts';
import { rewriting } from './rewriting-rpc.ts';

let anvil: Anvil;
let chain: TestChain;

beforeAll(async () => {
  const extraArguments = ['--steps-tracing', '--gas-price', '0'];
  anvil = await startAnvil({ noMining: true, blockGasLimit: 1_000_000_000, baseFee: 0, extraArguments });
  chain = await setUpChain(anvil.url);
});

afterAll(() => anvil?.stop());

test('a vmTrace in the form of OpenEthereum, Erigon and Nethermind tells the same', async () => {
  const anvilForm = createReplaySource(chain.rpc);
  await fc.assert(
    fc.asyncProperty(randomBlock(chain, 4), async (calls) => {
      const number = await chain.mine(calls);
      const first = await anvilForm.readBlock(number);
      const traces = await Promise.all(
        first.transactions.map(({ hash }) => toOpenEthereumForm(chain.rpc, hash, number)),
      );
      const other = rewriting(chain.rpc, (method, _, result) => {
        if (method !== 'trace_replayBlockTransactions') return result;
        return (result as object[]).map((item, i) => ({ ...item, vmTrace: traces[i] }));
      });
      const second = await createReplaySource(other).readBlock(number);
      expect(second.transactions.map(plain)).toEqual(first.transactions.map(plain));
      for (const [i, { environment }] of second.transactions.entries()) {
        expect([...environment].sort()).toEqual([...(first.transactions[i]?.environment ?? [])].sort());
      }
    }),
    { numRuns: 20 },
  );
}, 300_000);

test('geth’s muxTracer gives the preimages too, and zeros may be left out', async () => {
  const first = await tokenBlock();
  const geth = rewriting(chain.rpc, (method, params, result) => {
    if (method !== 'debug_traceBlockByNumber') return result;
    const { tracer } = params[1] as { tracer: string };
    if (tracer !== 'muxTracer') return withoutZeros(result);
    return first.transactions.map(({ hash, preimages }, i) => ({
      txHash: hash,
      result: { prestateTracer: prestates[i], keccak256PreimageTracer: Object.fromEntries(preimages) },
    }));
  });
  const tag = `0x${first.number.toString(16)}`;
  const plainTraces = await chain.rpc.request('debug_traceBlockByNumber', [
    tag,
    { tracer: 'prestateTracer' },
  ]);
  const prestates = (plainTraces as { result: unknown }[]).map(({ result }) => result);
  const second = await createPrestateSource(geth).readBlock(first.number);
  expect(second.transactions.map(({ preimages }) => [...preimages].sort())).toEqual(
    first.transactions.map(({ preimages }) => [...preimages].sort()),
  );
  expect(second.transactions.map(writes)).toEqual(first.transactions.map(writes));
  expect(slotsRead(second)).toEqual(slotsRead(first));
});

test.each(['execution-apis', 'alloy'] as const)(
  'a block access list tells what changed (names of %s)',
  async (names) => {
    await fc.assert(
      fc.asyncProperty(randomBlock(chain, 6), async (calls) => {
        const first = await createReplaySource(chain.rpc).readBlock(await chain.mine(calls));
        const request: Rpc['request'] = async (method, params, signal) =>
          method === 'eth_getBlockAccessList'
            ? accessListOf(first, names)
            : chain.rpc.request(method, params, signal);
        const second = await createBlockAccessListSource({ ...chain.rpc, request }).readBlock(first.number);
        expect(writesApart(second)).toEqual(writesApart(first));
      }),
      { numRuns: 10 },
    );
  },
);

test('for a transaction alone in its block, eth_createAccessList sees the slots that were touched and changed', async () => {
  const [from, to] = chain.accounts as [Address, Address];
  for (const calls of [
    [tokenCall(from, chain.token, to, 7n)],
    [programCall(from, chain.tangles[2] as Address, Uint8Array.from([0x01, 0x31, 0x52, 0x03]))],
  ]) {
    const number = await chain.mine(calls);
    const [first, second] = [
      await createReplaySource(chain.rpc).readBlock(number),
      await createAccessListSource(chain.rpc).readBlock(number),
    ];
    expect(slotsRead(second)).toEqual(slotsRead(first));
    expect(second.transactions.map(writes)).toEqual(first.transactions.map(writes));
  }
});

test('the best way of asking is found, and why the better ones were passed over', async () => {
  const { number } = await tokenBlock();
  const refused: string[] = [];
  const limited: Rpc = {
    request: async (method, params, signal) => {
      if (refused.includes(method)) throw missing(method);
      return chain.rpc.request(method, params, signal);
    },
    stream: (method, params, signal) => {
      if (refused.includes(method)) throw missing(method);
      return chain.rpc.stream(method, params, signal);
    },
  };
  const found: string[] = [];
  for (const method of [
    '',
    'trace_replayBlockTransactions',
    'debug_traceBlockByNumber',
    'debug_traceTransaction',
  ]) {
    refused.push(method);
    const { source, server, passedOver, triedOn } = await detectSource(limited);
    expect(server).toMatch(/^anvil/);
    expect(triedOn).toBeLessThanOrEqual(number);
    expect(passedOver.every((sentence) => /: The server .*\.$/.test(sentence))).toBe(true);
    found.push(source.name);
  }
  expect(found).toEqual([
    'trace_replayBlockTransactions',
    'debug_traceBlockByNumber',
    'debug_traceTransaction',
    'eth_createAccessList',
  ]);
  refused.push('eth_createAccessList');
  await expect(detectSource(limited)).rejects.toMatchObject({ code: 'NO_SOURCE' });
  const { source } = await detectSource(chain.rpc, { prefer: 'debug_traceTransaction' });
  expect(source.name).toBe('debug_traceTransaction');
});

async function tokenBlock(): Promise<BlockAccess> {
  const [first, second, third] = chain.accounts as [Address, Address, Address];
  const number = await chain.mine([
    tokenCall(first, chain.token, second, 3n),
    tokenCall(third, chain.token, first, 4n),
  ]);
  return createReplaySource(chain.rpc).readBlock(number);
}

function missing(method: string): ParallelError {
  return new ParallelError(`The server does not know ${method}.`, {
    code: 'RPC_METHOD_MISSING',
    fault: 'user',
  });
}

type Account = { storage?: Record<Hex, Hex> };

function withoutZeros(result: unknown): unknown {
  const list = structuredClone(result) as { result: Record<'pre' | 'post', Record<Address, Account>> }[];
  for (const { result: sides } of list) {
    for (const { storage = {} } of [...Object.values(sides.pre), ...Object.values(sides.post)]) {
      for (const [slot, value] of Object.entries(storage))
        if (BigInt(value) === 0n) delete storage[slot as Hex];
    }
  }
  return list;
}

/** The list that a server would have of a block, as EIP-7928 says; the first entry is of before the transactions. */
function accessListOf({ transactions }: BlockAccess, names: 'execution-apis' | 'alloy') {
  const isOld = names === 'alloy';
  const at = (index: number) =>
    isOld ? { blockAccessIndex: `0x${index.toString(16)}` } : { index: `0x${index.toString(16)}` };
  const accounts = new Map<string, Record<string, Record<string, unknown>[]>>();
  for (const { index, writes: changes } of transactions) {
    for (const [key, { after }] of changes) {
      const [address, part] = [key.slice(0, 42), key.slice(43)];
      const account = accounts.get(address) ?? {
        storageChanges: [],
        balanceChanges: [],
        nonceChanges: [],
        codeChanges: [],
      };
      accounts.set(address, account);
      if (part === 'balance')
        account.balanceChanges?.push({ ...at(index + 1), [isOld ? 'postBalance' : 'value']: after });
      else if (part === 'nonce')
        account.nonceChanges?.push({ ...at(index + 1), [isOld ? 'newNonce' : 'value']: after });
      else if (part === 'code')
        account.codeChanges?.push({ ...at(index + 1), [isOld ? 'newCode' : 'code']: after });
      else {
        const value = `0x${after.slice(2).padStart(64, '0')}`;
        const changes = [{ ...at(index + 1), [isOld ? 'newValue' : 'value']: value }];
        const known = account.storageChanges?.find((slot) => (slot.key ?? slot.slot) === part);
        if (known) (known.changes as unknown[]).push(...changes);
        else account.storageChanges?.push({ [isOld ? 'slot' : 'key']: part, changes });
      }
    }
  }
  return [...accounts].map(([address, changes]) => ({ address, storageReads: [], ...changes }));
}
