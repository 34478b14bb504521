import type { Memory } from '../engine/web-assembly.ts';
import { pagesOf } from '../run/instance-state.ts';
import type { StateAt } from '../run/job.ts';
import type { StandingJob } from '../run/run-job.ts';
import { hashState } from './hash-state.ts';

/** Fuel between two checkpoints, where a job does not say otherwise: about a second. */
export const CHECKPOINT_FUEL = 1_000_000_000n;
/** Of one job, whatever fuel it has. */
export const MOST_CHECKPOINTS = 1_024;
/** Pages of memory for which two checkpoints lie twice as far apart: so hashing takes about a hundredth of the time. */
const PAGES_FOR_TWICE = 256n;

/**
 * The states of a job in steps on its way, as a dispute needs them: everybody who runs the job takes them at the same
 * steps. One is due at the end of the first step by which so much fuel has been spent since the last: `least`, or a 1,024th
 * of what was ordered if that is more; and a 256th of it more for each page of memory.
 */
export class Checkpoints {
  readonly states: StateAt[] = [];
  private readonly least: bigint;

  /** @param least 0 for none @param ordered fuel */
  constructor(least: bigint, ordered: bigint) {
    const most = BigInt(MOST_CHECKPOINTS);
    const share = (ordered + most - 1n) / most;
    this.least = least === 0n ? 0n : share > least ? share : least;
  }

  /** @param states that a snapshot brought */
  restore(states: readonly StateAt[]): void {
    this.states.push(...states);
  }

  onStep(standing: StandingJob): void {
    const { exports, fuel } = standing;
    const since = fuel - (this.states.at(-1)?.fuel ?? 0n);
    if (this.least === 0n || since < this.least) return;
    const pages = BigInt(pagesOf(exports.memory as Memory));
    if (since * PAGES_FOR_TWICE < this.least * (PAGES_FOR_TWICE + pages)) return;
    this.states.push({ fuel, state: hashState(standing) });
  }
}
