import type { Address } from 'viem';
import { BPS } from '../units/fixed-point.ts';
import type { CollateralConfig } from './config.ts';
import { type Draft, lower } from './draft.ts';
import { PRICE_SCALE, worthUp } from './index-math.ts';
import { refuse } from './refusal.ts';
import type { MarketState, Position, Quote } from './state.ts';

/** Value of a basket and what of it counts, base units of the asset; `disputed` is a collateral not fit for borrowing. */
export type Worth = {
  readonly value: bigint;
  readonly weighted: bigint;
  readonly disputed: number | undefined;
};

/** The position of an owner, empty when there is none. */
export function positionOf({ positions, config }: MarketState | Draft, owner: Address): Position {
  return positions.get(lower(owner)) ?? { debt: 0n, collaterals: config.collaterals.map(() => 0n) };
}

/** Base units that a position holds of collateral `i`; 0 when there is no such collateral. */
export function held(p: Position, i: number): bigint {
  return p.collaterals[i] ?? 0n;
}

/** Replaces an owner's scaled debt. */
export function setDebt(m: Draft, owner: Address, debt: bigint): void {
  m.positions.set(lower(owner), { ...positionOf(m, owner), debt });
}

/** Replaces what an owner holds of collateral `i`. */
export function setHeld(m: Draft, owner: Address, i: number, amount: bigint): void {
  const p = positionOf(m, owner);
  m.positions.set(lower(owner), { ...p, collaterals: p.collaterals.with(i, amount) });
}

/** Parameters of collateral `i`; refuses when there is none. */
export function collateralAt({ config }: Draft, i: number): CollateralConfig {
  const collateral = config.collaterals[i];
  return collateral ?? refuse('UnknownCollateral', BigInt(config.collaterals.length), BigInt(i));
}

/** What the oracle of collateral `i` says, the bid never above the ask. */
export function quoteOf({ quotes }: Pick<Draft, 'quotes'>, i: number): Quote {
  const { bid, ask } = quotes[i] ?? { bid: 0n, ask: 0n };
  return { bid: bid < ask ? bid : ask, ask };
}

/**
 * At the ask and the liquidation loan-to-value for liquidations, at the bid and the borrowing one otherwise. Rounded
 * down. Every kind held needs a live source.
 */
export function worthOf(m: Draft, p: Position, isLiquidating: boolean): Worth {
  let [value, weighted] = [0n, 0n];
  let disputed: number | undefined;
  for (const [i, amount] of p.collaterals.entries()) {
    if (amount === 0n) continue;
    const terms = collateralAt(m, i);
    const { bid, ask } = quoteOf(m, i);
    if (ask === 0n) refuse('PriceUnavailable', BigInt(i), terms.oracle);
    const price = isLiquidating ? ask : bid;
    if (price === 0n) disputed = i;
    const worth = (amount * price) / PRICE_SCALE;
    value += worth;
    weighted += (worth * (isLiquidating ? terms.liquidationLtvBps : terms.borrowLtvBps)) / BPS;
  }
  return { value, weighted, disputed };
}

/** For owners who act: collateral at the bid and the borrowing loan-to-value must carry the debt. */
export function requireHealthy(m: Draft, owner: Address, index: bigint): void {
  const p = positionOf(m, owner);
  const debt = worthUp(p.debt, index);
  const { weighted, disputed } = worthOf(m, p, false);
  if (weighted >= debt) return;
  if (disputed === undefined) refuse('Unhealthy', debt, weighted);
  refuse('PriceUnavailable', BigInt(disputed), collateralAt(m, disputed).oracle);
}
