import { deployContract, fund, increaseTime, setPrice, timeOf } from '@millrace/devnet';
import { formatHealth } from '@millrace/protocol';
import { flashBorrowerAbi, flashBorrowerBytecode } from '@millrace/protocol/contracts/flash-borrower';
import { zeroAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approve,
  borrow,
  findLiquidity,
  flashLoan,
  getBalance,
  getLiquidation,
  getMarket,
  getOracle,
  getPosition,
  getPositions,
  getTills,
  liquidate,
  rebalance,
  stripeOf,
  submitPrice,
} from '../src/index.ts';
import {
  borrower,
  type Lending,
  lend,
  lender,
  liquidator,
  pledge,
  startLending,
  stranger,
  USDC,
  WETH,
} from './lending-fixture.ts';

let lending: Lending;

beforeAll(async () => {
  lending = await startLending({
    flashFeeBps: 10,
    collaterals: [{ price: '3000', oracle: { feeds: 2 } }],
  });
  await lend(lending, lender, USDC('10000'));
  await pledge(lending, borrower, WETH('1'));
  await borrow(lending.as(borrower), { market: lending.market.address, assets: USDC('2399') });
});
afterAll(() => lending?.anvil.stop());

const at = () => ({ market: lending.market.address, lens: lending.deployment.lens });

async function positionOf(owner: `0x${string}`) {
  const market = await getMarket(lending.as(lender), at());
  return await getPosition(lending.as(lender), { market, lens: at().lens, owner });
}

describe('getOracle', () => {
  it('tells which source is live', async () => {
    const oracle = lending.market.collaterals[0]?.oracle.address ?? zeroAddress;
    const both = await getOracle(lending.as(lender), { oracle });
    expect(both).toMatchObject({ bid: 3_000n * 10n ** 24n, ask: 3_000n * 10n ** 24n, maxDeviationBps: 200n });
    expect(both.sources.map(({ isLive }) => isLive)).toEqual([true, true]);
    await increaseTime(lending.admin, 86_401);
    await setPrice(lending.admin, lending.market, '3000', { feed: 1 });
    const one = await getOracle(lending.as(lender), { oracle });
    expect(one).toMatchObject({ bid: 0n, ask: 3_000n * 10n ** 24n });
    expect(one.sources.map(({ isLive, price }) => [isLive, price > 0n])).toEqual([
      [false, false],
      [true, true],
    ]);
    await setPrice(lending.admin, lending.market, '3000');
  });
});

describe('liquidate', () => {
  it('refuses a healthy position with both numbers', async () => {
    const run = liquidate(lending.as(liquidator), { ...at(), owner: borrower.address, index: 0 });
    await expect(run).rejects.toMatchObject({
      code: 'HEALTHY',
      shortMessage: expect.stringMatching(
        /^The debt is 2,399(\.\d+)? USDC, and liquidation starts above 2,580 USDC\.$/,
      ),
    });
  });

  it('does what was told, and restores the target health', async () => {
    await setPrice(lending.admin, lending.market, '2750');
    const before = await positionOf(borrower.address);
    expect(formatHealth(before.healthWad)).toMatch(/^0\.98$/);
    const toldAt = await timeOf(lending.admin);
    const told = await getLiquidation(lending.as(lender), { ...at(), owner: borrower.address, index: 0 });
    expect(told).toMatchObject({ isLiquidatable: true, isCloseOut: false, isViable: true });

    const token = lending.market.asset.address;
    const client = lending.as(liquidator);
    const target = { market: at().market, owner: borrower.address, index: 0 };
    await expect(liquidate(client, target)).rejects.toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    await fund(lending.admin, token, liquidator.address, USDC('3000'));
    await expect(liquidate(client, target)).rejects.toMatchObject({ code: 'INSUFFICIENT_APPROVAL' });
    await approve(client, { token, spender: at().market, amount: USDC('3000') });

    const { result, events } = await liquidate(client, target);
    // Interest of the seconds in between.
    const passed = (await timeOf(lending.admin)) - toldAt;
    expect(result.repaid - told.repay).toBeLessThan(100n * (1n + passed));
    const weth = lending.market.collaterals[0]?.token.address ?? zeroAddress;
    expect(await getBalance(client, { token: weth, owner: liquidator.address })).toBeGreaterThanOrEqual(
      result.seized,
    );
    expect(events.find(({ eventName }) => eventName === 'Liquidated')).toMatchObject({
      args: { owner: borrower.address, badDebt: 0n },
    });
    expect(formatHealth((await positionOf(borrower.address)).healthWad)).toMatch(/^1\.0[45]$/);
  });
});

describe('getPositions', () => {
  it('keeps the order of the owners, whatever the size of a chunk', async () => {
    const market = await getMarket(lending.as(lender), at());
    const owners = [stranger.address, borrower.address, lender.address, stranger.address];
    const { blockNumber } = market;
    const all = await getPositions(lending.as(lender), { market, lens: at().lens, owners, blockNumber });
    const bit = await getPositions(lending.as(lender), {
      market,
      lens: at().lens,
      owners,
      blockNumber,
      chunk: 3,
    });
    expect(bit).toEqual(all);
    expect(all.map(({ owner }) => owner)).toEqual(owners);
    expect(all.map(({ debt }) => debt > 0n)).toEqual([false, true, false, false]);
  });
});

describe('tills', () => {
  it('are where stripeOf says, and rebalance', async () => {
    const token = lending.market.asset.address;
    const own = stripeOf(lender.address, 64);
    const before = await getTills(lending.as(lender), { ...at(), token });
    expect(before[own]).toBeGreaterThan(0n);
    const into = (own + 1) % 64;
    await rebalance(lending.as(stranger), { market: at().market, token, from: own, into });
    const after = await getTills(lending.as(lender), { ...at(), token });
    expect(after[into]).toBe(((before[own] ?? 0n) - (before[into] ?? 0n)) / 2n + (before[into] ?? 0n));
    const { route, available } = await findLiquidity(lending.as(lender), {
      ...at(),
      token,
      amount: USDC('6000'),
    });
    expect(available).toBeGreaterThanOrEqual(USDC('6000'));
    expect((route >> 8n) & 0xffn).toBe(2n);
  });
});

describe('flashLoan', () => {
  it('lends all there is for the length of a call, for a fee', async () => {
    const { market } = at();
    const token = lending.market.asset.address;
    const receiver = await deployContract(lending.admin, {
      abi: flashBorrowerAbi,
      bytecode: flashBorrowerBytecode,
      args: [market, token],
    });
    await fund(lending.admin, token, receiver, USDC('100'));
    const { liquid } = await getMarket(lending.as(lender), at());
    const loan = { market, receiver, token, amount: liquid };
    const { result } = await flashLoan(lending.as(stranger), loan);
    expect(result).toBe((liquid + 999n) / 1_000n);
    const after = await getMarket(lending.as(lender), at());
    expect(after.liquid).toBe(liquid + (liquid + 999n) / 1_000n);
    await expect(
      flashLoan(lending.as(stranger), { ...loan, receiver: stranger.address }),
    ).rejects.toMatchObject({
      name: 'RevertError',
    });
  });
});

describe('submitPrice', () => {
  it('tells why an oracle refuses', async () => {
    const submission = { market: at().market, index: 0, data: '0x' } as const;
    await expect(submitPrice(lending.as(stranger), submission)).rejects.toMatchObject({
      code: 'EMPTY_SUBMISSION',
    });
    await expect(submitPrice(lending.as(stranger), { ...submission, data: '0x07' })).rejects.toMatchObject({
      code: 'NO_SUCH_SOURCE',
      shortMessage: 'The submission is for source 7, and the oracle has 2.',
    });
  });
});
