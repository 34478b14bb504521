import type { Address } from 'viem';
import { least } from '../units/extremes.ts';
import { BPS } from '../units/fixed-point.ts';
import { type Draft, operation } from './draft.ts';
import {
  grownDown,
  grownUp,
  MAX_INDEX,
  slewed,
  unitsDown,
  utilisation,
  worthDown,
  worthUp,
} from './index-math.ts';
import { gateAllows } from './permissions.ts';
import { nextRate } from './rates.ts';
import { ownStripe } from './route.ts';
import { credit } from './shares.ts';
import { type Terms, type Totals, totals } from './state.ts';
import { addSupply } from './stripes.ts';

export type CheckpointResult = { readonly settled: boolean };

/** Inside a transaction; see {@link checkpoint}. */
export function runCheckpoint(m: Draft, sender: Address): CheckpointResult {
  const settled = isDue(m);
  if (settled) writeCheckpoint(m, sender);
  return { settled };
}

/**
 * Books interest since the last checkpoint, lifts the price, moves the rate unless the market was already used in this
 * transaction, and pays the caller in shares. Does nothing before `minEpoch`.
 */
export const checkpoint = operation<void, CheckpointResult>(runCheckpoint);

/** Inside a transaction; see {@link settle}. */
export function runSettle(m: Draft): void {
  if (m.time - m.accrual.settledAt > m.config.maxEpoch) writeCheckpoint(m, undefined);
}

/** Checkpoints if the last one is older than `maxEpoch`; operations do so themselves. */
export const settle = operation<void, void>(runSettle);

/** Writes price, index, rate and reserve, due or not. `payee` gets shares for it. */
export function writeCheckpoint(m: Draft, payee: Address | undefined): void {
  const elapsed = m.time - m.accrual.settledAt;
  const sum = totals(m);
  const index = least(grownUp(m.accrual.index, m.terms.rate, elapsed), MAX_INDEX);
  const owed = worthDown(sum.debt, index);
  const { price, kept, fee } = allot(m, sum, owed, elapsed);
  const reward = rewardFor(m, payee, fee, price);
  if (payee && reward !== 0n) {
    addSupply(m, ownStripe(payee, m.config.stripes), reward, 0n);
    credit(m, payee, reward);
  }
  const reserve = BigInt.asUintN(128, m.terms.reserve + kept - worthUp(reward, price));
  const terms = m.used ? m.terms : moveRate(m, utilisation(owed, sum.cash));
  m.terms = { ...terms, reserve, rate: index > MAX_INDEX / 2n ? 0n : terms.rate };
  m.accrual = { price, index, settledAt: m.time };
}

/** A transaction that already used the market cannot move the rate, so it cannot take the next turn to do so either. */
function isDue({ config, accrual, terms, time, used }: Draft): boolean {
  const wait = config.minEpoch === 0n ? 1n : config.minEpoch;
  return time - accrual.settledAt >= wait || (!used && time - terms.rateSetAt >= wait);
}

/** Splits what was earned: the fee, and whatever would lift the price above the ceiling, are kept. */
function allot({ config, accrual, terms }: Draft, sum: Totals, owed: bigint, elapsed: bigint) {
  const { price } = accrual;
  const earned = sum.cash + owed - worthUp(sum.shares, price) - terms.reserve;
  if (earned <= 0n) return { price, kept: 0n, fee: 0n };
  const fee = (earned * config.feeBps) / BPS;
  if (sum.shares === 0n) return { price, kept: earned, fee };
  const ceiling = least(grownDown(price, terms.rate, elapsed), MAX_INDEX);
  const lifted = least(price + unitsDown(earned - fee, sum.shares), ceiling);
  return { price: lifted, kept: earned - worthUp(sum.shares, lifted - price), fee };
}

function rewardFor(m: Draft, payee: Address | undefined, fee: bigint, price: bigint): bigint {
  if (!payee || fee === 0n || !gateAllows(m, payee, 'hold')) return 0n;
  return unitsDown((fee * m.config.rewardBps) / BPS, price);
}

/** A model that fails leaves the rate where it is. */
function moveRate(m: Draft, used: bigint): Terms {
  const elapsed = m.time - m.terms.rateSetAt;
  const answer = nextRate(m.config.rateModel, m.level, used, elapsed);
  m.level = answer?.level ?? m.level;
  const rate = answer ? slewed(m.terms.rate, answer.rate, elapsed) : m.terms.rate;
  return { ...m.terms, rate, rateSetAt: m.time };
}
