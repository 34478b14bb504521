import { fund, setPrice } from '@millrace/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approve,
  borrow,
  getLiquidation,
  getMarket,
  getPosition,
  liquidate,
  quoteLiquidation,
  quoteShock,
} from '../src/index.ts';
import {
  borrower,
  type Lending,
  lend,
  lender,
  liquidator,
  pledge,
  startLending,
  USDC,
  WETH,
} from './lending-fixture.ts';

let lending: Lending;

beforeAll(async () => {
  lending = await startLending();
  await lend(lending, lender, USDC('20000'));
  await lend(lending, liquidator, USDC('20000'));
  await pledge(lending, borrower, WETH('2'));
  await borrow(lending.as(borrower), { market: lending.market.address, assets: USDC('4700') });
});
afterAll(() => lending?.anvil.stop());

async function read() {
  const [client, lens] = [lending.as(lender), lending.deployment.lens];
  const market = await getMarket(client, { market: lending.market.address, lens });
  const owner = borrower.address;
  const position = await getPosition(client, { market, lens, owner, blockNumber: market.blockNumber });
  return { market, position };
}

const onChain = () =>
  getLiquidation(lending.as(lender), {
    market: lending.market.address,
    lens: lending.deployment.lens,
    owner: borrower.address,
    index: 0,
  });

function expectClose(actual: bigint, expected: bigint, within: bigint): void {
  const gap = actual > expected ? actual - expected : expected - actual;
  expect(gap, `${actual} and ${expected}`).toBeLessThanOrEqual(within);
}

describe('quoteLiquidation', () => {
  it('says that a healthy position is left alone', async () => {
    const quote = quoteLiquidation({ ...(await read()), index: 0 });
    expect(quote).toMatchObject({ isLiquidatable: false, isViable: false, repay: 0n, seized: 0n, cost: 0n });
  });

  // Health 0.98 to 0.80, then less value than debt.
  it.each(['2680', '2600', '2450', '2375', '2300', '1500', '1'])(
    'agrees with the chain at %s',
    async (price) => {
      const before = await read();
      const ask = before.position.collaterals[0]?.ask ?? 0n;
      await setPrice(lending.admin, lending.market, price);
      const now = await read();
      const expected = await onChain();
      const quote = quoteLiquidation({ ...now, index: 0 });
      expect(quote).toMatchObject({
        isLiquidatable: true,
        isCloseOut: expected.isCloseOut,
        isViable: expected.isViable,
        bonusWad: expected.bonusWad,
      });
      expectClose(quote.repay, expected.repay, 2n);
      expectClose(
        quote.seized,
        expected.seized,
        (2n * 10n ** 36n) / (now.position.collaterals[0]?.ask ?? 1n),
      );
      // The same from the prices before, by a shock.
      const factor = ((now.position.collaterals[0]?.ask ?? 0n) * 10n ** 18n) / ask;
      const { after } = quoteShock({ ...before, factorsWad: { 0: factor } });
      const shocked = quoteLiquidation({ market: before.market, position: after.position, index: 0 });
      // Interest of the blocks in between, and one rounding of the price.
      expectClose(shocked.repay, quote.repay, USDC('0.01'));
    },
  );

  it('leaves alone who holds something without a price', async () => {
    const { market, position } = await read();
    const { after } = quoteShock({ market, position, factorsWad: { 0: 0n } });
    expect(quoteLiquidation({ market, position: after.position, index: 0 }).isLiquidatable).toBe(false);
  });

  it('keeps the value: what is seized is what is repaid and what it costs', async () => {
    await setPrice(lending.admin, lending.market, '2600');
    const { market, position } = await read();
    const quote = quoteLiquidation({ market, position, index: 0 });
    expect(quote.cost).toBeGreaterThan(0n);
    expect(position.value - quote.after.value).toBe(quote.repay + quote.cost);
    expect(quote.after.healthWad).not.toBe('infinite');
    expect(quote.after.healthWad as bigint).toBeGreaterThan(position.healthWad as bigint);
  });

  it('pays no more than it may, and then cannot close out', async () => {
    const { market, position } = await read();
    const part = quoteLiquidation({ market, position, index: 0, maxRepay: USDC('100') });
    expect(part).toMatchObject({ isViable: true, repay: USDC('100') });
    const { after } = quoteShock({ market, position, factorsWad: { 0: 10n ** 17n } });
    const dead = quoteLiquidation({ market, position: after.position, index: 0, maxRepay: USDC('100') });
    expect(dead).toMatchObject({ isCloseOut: true, isViable: false });
  });

  it('is what a liquidation does', async () => {
    const { market, position } = await read();
    const quote = quoteLiquidation({ market, position, index: 0 });
    const client = lending.as(lender);
    await approve(client, { token: market.asset.address, spender: market.address, amount: USDC('5000') });
    await fund(lending.admin, market.asset.address, lender.address, USDC('5000'));
    const { result } = await liquidate(client, { market: market.address, owner: borrower.address, index: 0 });
    expectClose(result.repaid, quote.repay, USDC('0.01'));
    const after = await read();
    expectClose(after.position.debt, quote.after.debt, USDC('0.01'));
    expectClose(after.position.healthWad as bigint, quote.after.healthWad as bigint, 10n ** 13n);
  });
});
