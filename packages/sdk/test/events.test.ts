import { deployMarket } from '@millrace/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { borrow, decodeEvents, getBorrowers, getMarkets, type ScanProgress } from '../src/index.ts';
import {
  borrower,
  type Lending,
  lend,
  lender,
  pledge,
  startLending,
  stranger,
  USDC,
  WETH,
} from './lending-fixture.ts';

let lending: Lending;

beforeAll(async () => {
  lending = await startLending();
  await lend(lending, lender, USDC('1000'));
  for (const account of [stranger, borrower]) {
    await pledge(lending, account, WETH('1'));
    await borrow(lending.as(account), { market: lending.market.address, assets: USDC('100') });
  }
  await borrow(lending.as(stranger), { market: lending.market.address, assets: USDC('50') });
});
afterAll(() => lending?.anvil.stop());

describe('getMarkets', () => {
  it('finds what a factory created, and nothing else', async () => {
    const { admin, deployment, market } = lending;
    const second = await deployMarket(admin, deployment, { asset: market.asset, name: 'Another' });
    const { marketFactory } = deployment;
    const found = await getMarkets(lending.as(lender), { marketFactory });
    expect(found.map((each) => each.market)).toEqual([market.address, second.address]);
    expect(found[1]).toMatchObject({ name: 'Another', asset: market.asset.address });
    expect(found[0]?.createdAtBlock).toBe(market.createdAtBlock);
    expect(await getMarkets(lending.as(lender), { marketFactory: market.address })).toEqual([]);
  });
});

describe('getBorrowers', () => {
  it('lists each once, whatever the size of the chunks, and says how far it is', async () => {
    const market = lending.market.address;
    const steps: ScanProgress[] = [];
    const all = await getBorrowers(lending.as(lender), { market });
    const bit = await getBorrowers(lending.as(lender), {
      market,
      chunkBlocks: 2n,
      onProgress: (step) => steps.push(step),
    });
    expect(all.borrowers).toEqual([stranger.address, borrower.address]);
    expect(bit).toEqual(all);
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.at(-1)).toEqual({ scannedTo: all.scannedTo, toBlock: all.scannedTo, share: 1 });
    expect(steps.map(({ share }) => share)).toEqual(
      [...steps.map(({ share }) => share)].sort((a, b) => a - b),
    );
  });

  it('continues where it ended', async () => {
    const market = lending.market.address;
    const { scannedTo } = await getBorrowers(lending.as(lender), { market });
    const next = await getBorrowers(lending.as(lender), { market, fromBlock: scannedTo + 1n });
    expect(next).toEqual({ borrowers: [], scannedTo });
    await borrow(lending.as(borrower), { market, assets: USDC('20') });
    const later = await getBorrowers(lending.as(lender), { market, fromBlock: scannedTo + 1n });
    expect(later.borrowers).toEqual([borrower.address]);
  });

  it('halves its chunks for a node that limits ranges', async () => {
    const market = lending.market.address;
    const ranges: bigint[] = [];
    const strict = lending.as(lender);
    const { request } = strict;
    strict.request = (async (call: {
      method: string;
      params: [{ fromBlock: `0x${string}`; toBlock: `0x${string}` }];
    }) => {
      if (call.method !== 'eth_getLogs') return await request(call as never);
      const [{ fromBlock, toBlock }] = call.params;
      const range = BigInt(toBlock) - BigInt(fromBlock) + 1n;
      ranges.push(range);
      if (range > 4n) throw Object.assign(new Error('query exceeds max block range 4'), { code: -32602 });
      return await request(call as never);
    }) as never;
    const { borrowers } = await getBorrowers(strict, { market, chunkBlocks: 64n });
    expect(borrowers).toEqual([stranger.address, borrower.address]);
    expect(ranges[0]).toBeGreaterThan(4n);
    expect(ranges.at(-1)).toBeLessThanOrEqual(4n);
  });

  it('ends when told to', async () => {
    const market = lending.market.address;
    const stop = new AbortController();
    const scan = getBorrowers(lending.as(lender), {
      market,
      chunkBlocks: 1n,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('decodeEvents', () => {
  it('keeps to one market when told so', async () => {
    const { market } = lending;
    const { receipt } = await lend(lending, lender, USDC('1'));
    expect(
      decodeEvents({ logs: receipt.logs, market: market.address }).map((each) => each.eventName),
    ).toEqual(['Transfer', 'Deposit']);
    // The token's own transfer is an event of ERC-20 as well.
    expect(decodeEvents({ logs: receipt.logs })).toHaveLength(3);
    expect(decodeEvents({ logs: receipt.logs, market: lender.address })).toEqual([]);
  });
});
