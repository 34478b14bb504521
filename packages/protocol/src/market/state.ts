import type { Address } from 'viem';
import { RAY } from '../units/fixed-point.ts';
import type { MarketConfig } from './config.ts';

/** What a checkpoint settled: price per share and borrow index (ray), and when (seconds). */
export type Accrual = { readonly price: bigint; readonly index: bigint; readonly settledAt: bigint };

/** The rest of a checkpoint: rate (wad per second), reserve (base units), times (seconds). */
export type Terms = {
  readonly rate: bigint;
  readonly reserve: bigint;
  readonly rateSetAt: bigint;
  readonly pausedUntil: bigint;
};

/** Books of one stripe, signed: only sums over all stripes mean anything. `debt` is scaled by the borrow index. */
export type Stripe = {
  readonly supply: { readonly shares: bigint; readonly cash: bigint };
  readonly borrow: { readonly debt: bigint; readonly cash: bigint };
};

/** One borrower: scaled debt, and base units held of each collateral of the market, zeros included. */
export type Position = { readonly debt: bigint; readonly collaterals: readonly bigint[] };

/** The lowest and the highest credible price of a base unit of collateral, scaled by 1e36; 0 when unusable. */
export type Quote = { readonly bid: bigint; readonly ask: bigint };

/** What an operator may do (bits: 1 withdraw, 2 borrow, 4 collateral, 8 pay), until when (seconds). */
export type Grant = { readonly scope: bigint; readonly expiry: bigint };

/**
 * Everything that decides what a market does next. Tokens are numbered: 0 is the asset, i + 1 is collateral i.
 * Addresses in maps are in lower case. Approvals of tokens are taken to be unlimited, except that of the cover.
 */
export type MarketState = {
  readonly config: MarketConfig;
  readonly accrual: Accrual;
  readonly terms: Terms;
  readonly stripes: readonly Stripe[];
  /** Shares by owner. */
  readonly shares: ReadonlyMap<Address, bigint>;
  readonly positions: ReadonlyMap<Address, Position>;
  /** Allowances of shares, by owner and spender (see `permissions.ts`). */
  readonly allowances: ReadonlyMap<string, bigint>;
  /** Rights of operators, by owner and operator. */
  readonly grants: ReadonlyMap<string, Grant>;
  /** Balance of each till: `tills[token][till]`. */
  readonly tills: readonly (readonly bigint[])[];
  /**
   * Balances of people by token: `wallets[token]`. Who is not listed is not followed and can pay anything; a cover
   * that is not listed pays nothing.
   */
  readonly wallets: readonly ReadonlyMap<Address, bigint>[];
  /** What the cover lets the market draw (base units of the asset). */
  readonly coverAllowance: bigint;
  /** What the oracle of each collateral says; the ask counts where a bid is above it. */
  readonly quotes: readonly Quote[];
  /** What the rate model keeps for this market (see `nextRate`). */
  readonly level: bigint;
};

/** What the stripes add up to. */
export type Totals = { readonly shares: bigint; readonly debt: bigint; readonly cash: bigint };

const EMPTY: Stripe = { supply: { shares: 0n, cash: 0n }, borrow: { debt: 0n, cash: 0n } };

/**
 * A market as its constructor leaves it: empty, at price and index one, with no price of any collateral.
 *
 * @param now seconds
 */
export function createMarketState(config: MarketConfig, now: bigint): MarketState {
  const tokens = config.collaterals.length + 1;
  return {
    config,
    accrual: { price: RAY, index: RAY, settledAt: now },
    terms: { rate: config.initialRate, reserve: 0n, rateSetAt: now, pausedUntil: 0n },
    stripes: Array.from({ length: config.stripes }, () => EMPTY),
    shares: new Map(),
    positions: new Map(),
    allowances: new Map(),
    grants: new Map(),
    tills: Array.from({ length: tokens }, () => Array.from({ length: config.stripes }, () => 0n)),
    wallets: Array.from({ length: tokens }, () => new Map<Address, bigint>()),
    coverAllowance: 0n,
    quotes: config.collaterals.map(() => ({ bid: 0n, ask: 0n })),
    level: 0n,
  };
}

/** Sums of all stripes. */
export function totals({ stripes }: Pick<MarketState, 'stripes'>): Totals {
  let [shares, debt, cash] = [0n, 0n, 0n];
  for (const { supply, borrow } of stripes) {
    shares += supply.shares;
    debt += borrow.debt;
    cash += supply.cash + borrow.cash;
  }
  return { shares, debt, cash };
}
