import type { Address } from 'viem';
import { least } from '../units/extremes.ts';
import { positionOf, setDebt } from './baskets.ts';
import { type Draft, lower } from './draft.ts';
import { unitsUp, worthDown, worthUp } from './index-math.ts';
import { totals } from './state.ts';
import { addBorrow } from './stripes.ts';
import { ASSET, moveTill, moveWallet } from './tills.ts';

const UNLIMITED = 2n ** 256n - 1n;

/** Who bore how much of one loss, base units of the asset. */
export type Burden = {
  readonly loss: bigint;
  readonly fromReserve: bigint;
  readonly fromCover: bigint;
  readonly fromLenders: bigint;
  readonly fromDonations: bigint;
};

/** Strikes out what is left of `owner`'s debt; the market was settled at this time. */
export function realise(m: Draft, owner: Address, stripe: number): Burden {
  const { debt } = positionOf(m, owner);
  setDebt(m, owner, 0n);
  const loss = worthUp(debt, m.accrual.index);
  const fromReserve = least(m.terms.reserve, loss);
  m.terms = { ...m.terms, reserve: m.terms.reserve - fromReserve };
  const fromCover = drawCover(m, loss - fromReserve, stripe);
  const sum = totals(m);
  const fromLenders = drawLenders(m, loss - fromReserve - fromCover, sum.shares);
  const fromDonations = loss - fromReserve - fromCover - fromLenders;
  // Lenders are exhausted: what is left was lent out of donations, and cash below zero forgets it.
  const forgotten = least(fromDonations, sum.cash < 0n ? -sum.cash : 0n);
  addBorrow(m, stripe, -debt, fromCover + forgotten);
  return { loss, fromReserve, fromCover, fromLenders, fromDonations };
}

/** The price falls by the loss per share, rounded up. */
function drawLenders(m: Draft, wanted: bigint, shares: bigint): bigint {
  if (shares === 0n) return 0n;
  const { price } = m.accrual;
  const fall = least(unitsUp(wanted, shares), price);
  m.accrual = { ...m.accrual, price: price - fall };
  return least(worthDown(shares, fall), wanted);
}

/** Cover is passive and cannot block: what it has and allows, at most what is wanted. */
function drawCover(m: Draft, wanted: bigint, stripe: number): bigint {
  const { cover } = m.config;
  if (!cover) return 0n;
  const balance = m.wallets[ASSET]?.get(lower(cover)) ?? 0n;
  const paid = least(least(balance, m.coverAllowance), wanted);
  moveWallet(m, ASSET, cover, -paid);
  moveTill(m, ASSET, stripe, paid);
  if (m.coverAllowance !== UNLIMITED) m.coverAllowance -= paid;
  return paid;
}
