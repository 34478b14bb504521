import { type Anvil, devnetAccounts, startAnvil } from '@millrace/devnet';
import { type Address, createWalletClient, type Hex, http } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TransactionAccess } from '../src/access/block-access.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import { createStructLogSource } from '../src/source/struct-logs/struct-log-source.ts';
import { createJavaScriptSource } from '../src/source/tracers/javascript-source.ts';
import { createPrestateSource } from '../src/source/tracers/prestate-source.ts';
import { programCall, setUpChain, type TestChain } from './chain/test-chain.ts';
import { keysOf, writes } from './compare.ts';

let anvil: Anvil;
let chain: TestChain;

beforeAll(async () => {
  anvil = await startAnvil({ noMining: true, extraArguments: ['--steps-tracing'] });
  chain = await setUpChain(anvil.url);
});

afterAll(() => anvil?.stop());

test('an account that delegates to a contract (EIP-7702) reads alike in every way of asking', async () => {
  const [, owner, payer] = devnetAccounts(3);
  const tangle = chain.tangles[0] as Address;
  if (!owner || !payer) throw new Error('No accounts.');
  const wallet = createWalletClient({ account: payer, transport: http(anvil.url) });
  const authorization = await wallet.signAuthorization({ account: owner, contractAddress: tangle });
  const { data } = programCall(payer.address, owner.address, Uint8Array.from([0x01, 0x13])) as { data: Hex };
  await wallet.sendTransaction({
    authorizationList: [authorization],
    to: owner.address,
    data,
    gas: 500_000n,
    chain: null,
  });
  const number = await chain
    .mine([programCall(payer.address, owner.address, Uint8Array.from([0x02]))])
    .catch(async () => {
      return BigInt((await chain.rpc.request('eth_blockNumber', [])) as Hex);
    });
  const sources = [createReplaySource, createJavaScriptSource, createStructLogSource, createPrestateSource];
  const [replay, script, steps, prestate] = await Promise.all(
    sources.map((create) => create(chain.rpc).readBlock(number)),
  );
  expect(replay?.transactions).toHaveLength(2);
  const self = owner.address.toLowerCase() as Address;
  const [first] = replay?.transactions ?? [];
  expect(first?.writes.get(`${self}#code`)).toEqual({ before: '0x', after: `0xef0100${tangle.slice(2)}` });
  expect(first?.writes.get(`${self}#nonce`)).toBeDefined();
  expect(first?.writes.get(`${self}:0x${'0'.repeat(63)}1`)).toEqual({ before: '0x0', after: '0x1' });
  for (const other of [script, steps]) {
    expect(other?.transactions.map(withoutCodes)).toEqual(replay?.transactions.map(withoutCodes));
  }
  expect(prestate?.transactions.map(writes)).toEqual(replay?.transactions.map(writes));
});

/** Tracers do not tell whose code runs in the name of an account. */
function withoutCodes(transaction: TransactionAccess) {
  const { codes: _, reads, ...rest } = keysOf(transaction);
  return { ...rest, reads: reads.filter((key) => !key.endsWith('#code')), writes: writes(transaction) };
}
