import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BPS, RAY, WAD } from '../units/fixed-point.ts';
import { type Basket, computeHealth, type Holding } from './basket.ts';
import { computeLiquidationPrice } from './liquidation-price.ts';
import { simulateShock } from './shock.ts';
import { type Books, computeBorrowApr, computeOwed, computeSupplyApr, computeUtilisation } from './yields.ts';

const PRICE_ONE = 10n ** 36n;
const holding: Holding = {
  amount: 1_000n,
  bid: (PRICE_ONE * 9n) / 10n,
  ask: PRICE_ONE,
  borrowLtvBps: 7_000n,
  liquidationLtvBps: 8_000n,
};

const anyHolding = fc.record<Holding>({
  amount: fc.bigInt({ min: 0n, max: 2n ** 100n }),
  bid: fc.bigInt({ min: 0n, max: 10n ** 40n }),
  ask: fc.bigInt({ min: 1n, max: 10n ** 40n }),
  borrowLtvBps: fc.bigInt({ min: 1n, max: 8_000n }),
  liquidationLtvBps: fc.bigInt({ min: 8_001n, max: 9_500n }),
});
const anyBasket = fc.record<Basket>({
  debt: fc.bigInt({ min: 1n, max: 2n ** 110n }),
  holdings: fc.array(anyHolding, { minLength: 1, maxLength: 4 }),
});

describe('computeHealth', () => {
  it('counts the bid for borrowing and the ask for liquidation', () => {
    expect(computeHealth({ debt: 400n, holdings: [holding] })).toEqual({
      value: 1_000n,
      capacity: 630n,
      limit: 800n,
      healthWad: 2n * WAD,
    });
  });

  it('allows nothing while a collateral that is held has no price', () => {
    const dead = { ...holding, bid: 0n, ask: 0n };
    expect(computeHealth({ debt: 1n, holdings: [holding, dead] })).toMatchObject({
      capacity: 0n,
      limit: 800n,
    });
    const none = { ...dead, amount: 0n };
    expect(computeHealth({ debt: 1n, holdings: [holding, none] }).capacity).toBe(630n);
  });

  it('is unknown without debt', () => {
    expect(computeHealth({ debt: 0n, holdings: [holding] }).healthWad).toBeUndefined();
  });

  it('is zero with debt and nothing against it', () => {
    expect(computeHealth({ debt: 1n, holdings: [] }).healthWad).toBe(0n);
  });
});

describe('computeLiquidationPrice', () => {
  const limitAt = ({ holdings }: Basket, index: number, ask: bigint) =>
    computeHealth({ debt: 1n, holdings: holdings.with(index, { ...(holdings[index] ?? holding), ask }) })
      .limit;

  it('is the last price that is safe', () => {
    fc.assert(
      fc.property(anyBasket, (basket) => {
        const price = computeLiquidationPrice(basket, 0);
        if (price === undefined) {
          expect(basket.holdings[0]?.amount).toBe(0n);
          return;
        }
        expect(limitAt(basket, 0, price) >= basket.debt).toBe(true);
        if (price > 0n) expect(limitAt(basket, 0, price - 1n) < basket.debt).toBe(true);
      }),
    );
  });

  it('is zero when the rest carries the debt', () => {
    expect(computeLiquidationPrice({ debt: 800n, holdings: [holding, holding] }, 1)).toBe(0n);
    expect(computeLiquidationPrice({ debt: 801n, holdings: [holding, holding] }, 1)).toBeGreaterThan(0n);
  });

  it('does not exist for what is not held', () => {
    const holdings = [{ ...holding, amount: 0n }];
    expect(computeLiquidationPrice({ debt: 1n, holdings }, 0)).toBeUndefined();
    expect(computeLiquidationPrice({ debt: 1n, holdings }, 5)).toBeUndefined();
  });
});

describe('simulateShock', () => {
  it('moves the prices that are named', () => {
    const { before, after } = simulateShock({ debt: 400n, holdings: [holding, holding] }, { 1: WAD / 2n });
    expect(before.limit).toBe(1_600n);
    expect(after).toMatchObject({ value: 1_500n, limit: 1_200n, capacity: 945n, healthWad: 3n * WAD });
  });

  it('raises nothing when prices fall', () => {
    fc.assert(
      fc.property(anyBasket, fc.bigInt({ min: 0n, max: WAD }), (basket, factor) => {
        const { before, after } = simulateShock(basket, { 0: factor });
        expect(after.limit <= before.limit && after.capacity <= before.capacity).toBe(true);
      }),
    );
  });
});

describe('yields', () => {
  const books: Books = {
    accrual: { price: RAY, index: RAY, settledAt: 100n },
    terms: { rate: 10n ** 9n },
    totals: { shares: 1_000_000n, debt: 600_000n, cash: 400_000n },
    feeBps: 1_000n,
  };
  const year = 31_536_000n;

  it('grow what is owed by the second', () => {
    expect(computeOwed(books, 100n)).toBe(600_000n);
    expect(computeOwed(books, 100n + year)).toBe(618_922n);
    expect(computeUtilisation(books, 100n)).toBe((WAD * 6n) / 10n);
  });

  it('give lenders what borrowers pay, less the fee', () => {
    const borrowApr = computeBorrowApr(books);
    expect(borrowApr).toBe(year * 10n ** 9n);
    expect(computeSupplyApr(books, 100n)).toBe((borrowApr * 6n * (BPS - 1_000n)) / (10n * BPS));
  });

  it('never give lenders more than borrowers pay', () => {
    const lost = { ...books, accrual: { ...books.accrual, price: RAY / 100n } };
    expect(computeSupplyApr(lost, 100n)).toBe(computeBorrowApr(books));
    expect(computeSupplyApr({ ...books, totals: { ...books.totals, shares: 0n } }, 100n)).toBe(0n);
  });
});
