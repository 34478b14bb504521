import { increaseTime, timeOf } from '@millrace/devnet';
import { formatHealth, WAD } from '@millrace/protocol';
import { maxUint256 } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approve,
  borrow,
  checkpoint,
  getAllowance,
  getBalance,
  getMarket,
  getPosition,
  type Market,
  type Position,
  quoteBorrow,
  quoteCollateral,
  quoteRepay,
  quoteShock,
  quoteSupply,
  quoteWithdraw,
  redeem,
  repay,
  withdraw,
  withdrawCollateral,
} from '../src/index.ts';
import { borrower, type Lending, lend, lender, pledge, startLending, USDC, WETH } from './lending-fixture.ts';

let lending: Lending;

beforeAll(async () => {
  lending = await startLending();
});
afterAll(() => lending?.anvil.stop());

const market = () => lending.market.address;
const lens = () => lending.deployment.lens;

async function read(owner: `0x${string}`): Promise<{ market: Market; position: Position }> {
  const client = lending.as(lender);
  const found = await getMarket(client, { market: market(), lens: lens() });
  return { market: found, position: await getPosition(client, { market: found, lens: lens(), owner }) };
}

describe('a loan from beginning to end', () => {
  it('begins with an empty market', async () => {
    const { market: empty, position } = await read(borrower.address);
    expect(empty).toMatchObject({
      asset: { symbol: 'USDC', decimals: 6 },
      supplied: 0n,
      owed: 0n,
      liquid: 0n,
      utilisationWad: 0n,
      supplyAprWad: 0n,
      isPaused: false,
      parameters: { stripes: 64, gate: undefined, guardian: undefined, feeBps: 1_000n },
    });
    expect(empty.collaterals[0]).toMatchObject({ token: { symbol: 'WETH' }, liquidationLtvBps: 8_600n });
    expect(empty.borrowAprWad).toBeGreaterThan((WAD * 199n) / 10_000n);
    expect(position.healthWad).toBe('infinite');
    expect(formatHealth(position.healthWad)).toBe('∞');
    expect(position.collaterals[0]?.liquidationPrice).toBeUndefined();
  });

  it('supplies what was quoted', async () => {
    const before = await read(lender.address);
    const quote = quoteSupply({ ...before, assets: USDC('10000') });
    const sent = await lend(lending, lender, USDC('10000'));
    // Time has passed since the quote, so the ceiling is a little higher.
    expect(sent.result).toBeLessThanOrEqual(quote.shares);
    expect(sent.result).toBeGreaterThan((quote.shares * 999_999n) / 1_000_000n);
    expect(sent.events.map(({ eventName }) => eventName)).toContain('Deposit');
    const after = await read(lender.address);
    expect(after.position.shares).toBe(sent.result);
    expect(after.market.liquid).toBe(USDC('10000'));
    expect(quote.refusal).toBeUndefined();
  });

  it('leaves no approval behind', async () => {
    const spent = { token: lending.market.asset.address, owner: lender.address, spender: market() };
    expect(await getAllowance(lending.as(lender), spent)).toBe(0n);
  });

  it('borrows what was quoted, at the health that was quoted', async () => {
    await pledge(lending, borrower, WETH('2'));
    const before = await read(borrower.address);
    expect(before.position.available).toBe(USDC('4800'));
    const quote = quoteBorrow({ ...before, assets: USDC('3000') });
    await borrow(lending.as(borrower), { market: market(), assets: USDC('3000') });
    const { market: now, position } = await read(borrower.address);
    const { position: told } = quote.after;
    // Interest of the seconds in between.
    expect(position.debt - told.debt).toBeLessThan(10n * (1n + now.time - before.market.time));
    expect(position.limit).toBe(told.limit);
    expect(formatHealth(position.healthWad)).toMatch(/^1\.7[12]$/);
    expect(formatHealth(told.healthWad)).toMatch(/^1\.7[12]$/);
    // 3,000 owed against 2 WETH at 86 %: 3,000 / 1.72.
    const price = position.collaterals[0]?.liquidationPrice ?? 0n;
    expect(price / 10n ** 22n).toBe(174_418n);
    expect(quote.after.utilisationWad / 10n ** 12n).toBe(now.utilisationWad / 10n ** 12n);
    expect(now.utilisationWad / 10n ** 14n).toBe(3_000n);
    const token = lending.market.asset.address;
    expect(await getBalance(lending.as(borrower), { token, owner: borrower.address })).toBe(USDC('3000'));
  });

  it('tells the liquidation price to the base unit', async () => {
    const state = await read(borrower.address);
    const { liquidationPrice, ask } = state.position.collaterals[0] ?? {};
    if (!liquidationPrice || !ask) throw new Error('There is a debt, so there is a liquidation price.');
    // Rounded up for the factor, so the shocked price is at the liquidation price or just above.
    const factor = (liquidationPrice * WAD) / ask + 1n;
    const at = quoteShock({ ...state, factorsWad: { 0: factor } }).after.position.healthWad;
    const below = quoteShock({ ...state, factorsWad: { 0: factor - 10n ** 9n } }).after.position.healthWad;
    expect(at).toBeGreaterThanOrEqual(WAD);
    expect(below).toBeLessThan(WAD);
  });

  it('earns interest, which a checkpoint books', async () => {
    await increaseTime(lending.admin, 3_600);
    const before = await read(lender.address);
    expect(before.market.isDue).toBe(true);
    expect(before.market.owed).toBeGreaterThan(USDC('3000'));
    const { result, events } = await checkpoint(lending.as(lender), { market: market() });
    expect(result).toBe(true);
    expect(events.find(({ eventName }) => eventName === 'Checkpointed')).toBeDefined();
    const after = await read(lender.address);
    expect(after.market.priceRay).toBeGreaterThan(before.market.priceRay);
    expect(after.market.isDue).toBe(false);
    expect(after.market.supplyAprWad).toBeGreaterThan(0n);
    expect(after.market.supplyAprWad).toBeLessThan(after.market.borrowAprWad);
    expect(after.market.time).toBe(await timeOf(lending.admin));
  });

  it('withdraws and redeems what was quoted, to the base unit', async () => {
    const before = await read(lender.address);
    const quote = quoteWithdraw({ ...before, assets: USDC('1234.567891') });
    const sent = await withdraw(lending.as(lender), { market: market(), assets: USDC('1234.567891') });
    expect(sent.result).toBe(quote.shares);
    const between = await read(lender.address);
    expect(between.position.shares).toBe(quote.after.position.shares);
    expect(between.position.supplied).toBe(quote.after.position.supplied);

    const next = quoteWithdraw({ ...between, shares: 1_000_000_000n });
    const sold = await redeem(lending.as(lender), { market: market(), shares: 1_000_000_000n });
    expect(sold.result).toBe(next.assets);
  });

  it('repays a part, then all of it, and pulls no more than the debt', async () => {
    const client = lending.as(borrower);
    const token = lending.market.asset.address;
    await approve(client, { token, spender: market(), amount: USDC('1000') });
    const before = await read(borrower.address);
    const quote = quoteRepay({ ...before, assets: USDC('1000') });
    const sent = await repay(client, { market: market(), assets: USDC('1000') });
    expect(sent.result).toBe(quote.repaid);
    const between = await read(borrower.address);
    const passed = between.market.time - before.market.time;
    expect(between.position.debt - quote.after.position.debt).toBeLessThan(10n * (1n + passed));

    await lending.admin.writeContract({
      address: token,
      abi: [
        {
          type: 'function',
          name: 'mint',
          inputs: [{ type: 'address' }, { type: 'uint256' }],
          outputs: [],
          stateMutability: 'nonpayable',
        },
      ],
      functionName: 'mint',
      args: [borrower.address, USDC('100')],
    });
    await approve(client, { token, spender: market(), amount: USDC('2100') });
    const last = await repay(client, { market: market(), assets: maxUint256 });
    expect(last.result).toBeLessThan(USDC('2001'));
    expect((await read(borrower.address)).position.debt).toBe(0n);
  });

  it('takes the collateral out', async () => {
    const before = await read(borrower.address);
    const quote = quoteCollateral({ ...before, index: 0, change: -WETH('2') });
    await withdrawCollateral(lending.as(borrower), { market: market(), index: 0, amount: WETH('2') });
    const after = await read(borrower.address);
    expect(after.position).toEqual(quote.after.position);
    expect(after.position.collaterals[0]?.amount).toBe(0n);
    expect(quote.refusal).toBeUndefined();
  });
});
