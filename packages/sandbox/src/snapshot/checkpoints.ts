import type { Memory } from '../engine/web-assembly.ts';
import { pagesOf } from '../run/instance-state.ts';
import type { StateAt } from '../run/job.ts';
import type { StandingJob } from '../run/run-job.ts';
import { hashState } from './hash-state.ts';

/** Fuel between two checkpoints, where a job does not say otherwise: about a second. */
export const CHECKPOINT_FUEL = 1_000_000_000n;
/** Of one job, whatever fuel it has. */
export const MOST_CHECKPOINTS = 1_024;
/** Fuel between two checkpoints for each page that is to be hashed: about a hundred times what hashing takes. */
const FUEL_PER_PAGE = 4_000_000n;

/**
 * The states of a job in steps on its way, as a dispute needs them: everybody who runs the job takes them at the same
 * steps. One is due at the end of the first step by which `least` fuel, a 1,024th of what was ordered, and 4,000,000 for
 * each page of memory have been spent since the last.
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
    if (since < FUEL_PER_PAGE * BigInt(pagesOf(exports.memory as Memory))) return;
    this.states.push({ fuel, state: hashState(standing) });
  }
}
