import { BPS } from '@millrace/protocol';
import { lesser } from '../amounts.ts';
import type { Lender } from './people.ts';
import type { Deed, LenderView } from './view.ts';

/** What a lender remembers: when they last moved money, and how much of it is outside. Base units of the asset. */
export type LenderMemory = { movedAt: number; outside: bigint };

export const NEW_LENDER: LenderMemory = { movedAt: -1_000, outside: 0n };

const REST_STEPS = 24;
const RETURN_STEPS = 96;
const CALM_BPS = 400n;
const LEAST_DEED = 1_000_000_000n;
const HIGH_APR = 120_000_000_000_000_000n;
const LOW_APR = 15_000_000_000_000_000n;

/** What `lender` does at `step`, and what they remember of it. */
export function decideLender(
  lender: Lender,
  memory: LenderMemory,
  view: LenderView,
  step: number,
): { deed: Deed | undefined; memory: LenderMemory } {
  const amount = wanted(lender, memory, view, step);
  if (amount === 0n) return { deed: undefined, memory };
  const moved = { movedAt: step, outside: memory.outside - amount };
  if (amount > 0n) return { deed: { kind: 'supply', amount }, memory: moved };
  return { deed: { kind: 'withdraw', amount: -amount }, memory: moved };
}

/** Positive to lend more, negative to take out. */
function wanted(lender: Lender, memory: LenderMemory, view: LenderView, step: number): bigint {
  const rested = step - memory.movedAt;
  const part = (view.worth * lender.partBps) / BPS;
  if (lender.temper === 'nervous') {
    if (view.fallBps > lender.fearBps && rested >= REST_STEPS) return leaving(part, view.liquid);
    return view.fallBps < CALM_BPS && rested >= RETURN_STEPS ? memory.outside : 0n;
  }
  if (lender.temper !== 'seeker' || rested < REST_STEPS) return 0n;
  if (view.supplyApr > HIGH_APR) return part / 2n;
  return view.supplyApr < LOW_APR ? leaving(part / 4n, view.liquid) : 0n;
}

/** Nobody asks for more than half of what is there: the others see it too. */
function leaving(part: bigint, liquid: bigint): bigint {
  const amount = lesser(part, liquid / 2n);
  return amount < LEAST_DEED ? 0n : -amount;
}
