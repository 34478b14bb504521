import { BPS, WAD } from '@millrace/protocol';
import { PRICE_SCALE } from '@millrace/protocol/market';
import { lesser } from '../amounts.ts';
import type { Borrower } from './people.ts';
import type { BorrowerView, Deed } from './view.ts';

/** What a borrower remembers from one step to the next. */
export type BorrowerMemory = {
  worriedSince: number | undefined;
  /** Since when they owe nothing. */
  idleSince: number | undefined;
  /** Put up so far, base units of the asset. */
  spent: bigint;
  borrowedAt: number;
};

export const NEW_BORROWER: BorrowerMemory = {
  worriedSince: undefined,
  idleSince: undefined,
  spent: 0n,
  borrowedAt: 0,
};

/** How far above the alarm somebody who acts wants to be afterwards. */
const RELIEF = 250_000_000_000_000_000n;
const LEAST_DEED = 100_000_000n;
const CALM_HEALTH = 1_900_000_000_000_000_000n;
const BOLD_HEALTH = 1_600_000_000_000_000_000n;
const CALM_STEPS = 48;
const CALM_FALL_BPS = 600n;

/** What `borrower` does at `step`, and what they remember of it. */
export function decideBorrower(
  borrower: Borrower,
  memory: BorrowerMemory,
  view: BorrowerView,
  step: number,
): { deed: Deed | undefined; memory: BorrowerMemory } {
  const health = view.health.healthWad;
  if (borrower.temper === 'absent') return { deed: undefined, memory };
  if (health === undefined) return comeBack(borrower, memory, view, step);
  if (health >= borrower.alarm) return enjoy(borrower, { ...memory, worriedSince: undefined }, view, step);
  const since = memory.worriedSince ?? step;
  if (step - since < borrower.delay) return { deed: undefined, memory: { ...memory, worriedSince: since } };
  const most = (borrower.debt * borrower.chestBps) / BPS - memory.spent;
  const wanted = missing(borrower, view);
  const paid = lesser(wanted, most);
  if (paid < LEAST_DEED) return { deed: undefined, memory: { ...memory, worriedSince: since } };
  const after = { ...memory, worriedSince: undefined, spent: memory.spent + paid };
  return { deed: defend(borrower, view, paid), memory: after };
}

/** What it takes, in base units of the asset, to lift health to the alarm and some. */
function missing({ temper, alarm }: Borrower, { debt, health, liquidationLtvBps }: BorrowerView): bigint {
  const target = alarm + RELIEF;
  if (temper === 'payer' || temper === 'bold') return debt - (health.limit * WAD) / target;
  const ltv = liquidationLtvBps.at(-1) ?? BPS;
  return (((debt * target) / WAD - health.limit) * BPS) / ltv;
}

/** Those who add collateral add the market's last kind: the stable one where there is one. */
function defend({ temper }: Borrower, { asks }: BorrowerView, worth: bigint): Deed | undefined {
  if (temper !== 'topper') return { kind: 'repay', amount: worth };
  const collateral = asks.length - 1;
  const ask = asks[collateral] ?? 0n;
  return ask === 0n ? undefined : { kind: 'pledge', collateral, amount: (worth * PRICE_SCALE) / ask };
}

function enjoy({ temper, debt }: Borrower, memory: BorrowerMemory, view: BorrowerView, step: number) {
  const health = view.health.healthWad ?? 0n;
  const rested = step - memory.borrowedAt >= CALM_STEPS;
  if (temper !== 'bold' || health < CALM_HEALTH || !rested) return { deed: undefined, memory };
  const most = lesser(debt / 4n, view.liquid / 10n);
  const room = (view.health.limit * WAD) / BOLD_HEALTH - view.debt;
  const amount = lesser(room, most);
  if (amount < LEAST_DEED) return { deed: undefined, memory };
  return { deed: { kind: 'borrow', amount } as Deed, memory: { ...memory, borrowedAt: step } };
}

/** Who was closed out comes back a day and more later, when prices are calm, with half the debt and more care. */
function comeBack(borrower: Borrower, memory: BorrowerMemory, view: BorrowerView, step: number) {
  const since = memory.idleSince ?? step;
  const idle = { ...memory, idleSince: since };
  const rested = step - since >= CALM_STEPS + 4 * borrower.delay;
  const amount = lesser(borrower.debt / 2n, view.liquid / 10n);
  const [ask = 0n] = view.asks;
  const [ltv = BPS] = view.liquidationLtvBps;
  if (!rested || view.fallBps > CALM_FALL_BPS || amount < LEAST_DEED || ask === 0n) {
    return { deed: undefined, memory: idle };
  }
  const worth = (((amount * (borrower.alarm + RELIEF)) / WAD) * BPS) / ltv;
  const deed: Deed = { kind: 'open', pledged: (worth * PRICE_SCALE) / ask, amount };
  return { deed, memory: NEW_BORROWER };
}
