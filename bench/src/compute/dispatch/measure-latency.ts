import type { Renter } from '@millrace/sdk/rent';
import { noopModule } from '../../sandbox/noop.ts';
import { smallJob } from '../node/rent.ts';

/** From submitting a job to its checked result, milliseconds. */
export type Latency = {
  readonly warmP50: number;
  readonly warmP99: number;
  /** Median of the first jobs of modules that the node has never seen: sent, checked by the gate, compiled, run. */
  readonly cold: number;
  readonly warmJobs: number;
  readonly coldJobs: number;
};

const WARM_UP_JOBS = 100;
const WARM_JOBS = 500;
const COLD_JOBS = 25;
/** Somebody who thinks between two jobs; without, the renter would gather them. */
const PAUSE_MILLISECONDS = 5;

/** One job after the other, each as a renter gives it. */
export async function measureLatency(renter: Renter): Promise<Latency> {
  const take = async (module: Uint8Array): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    const start = performance.now();
    const { receipt } = await renter.run(smallJob(module), { watch: false }).result;
    if (receipt.receipt.outcome !== 'DONE') throw new Error('A job that does nothing did not do it.');
    return performance.now() - start;
  };
  const warm: number[] = [];
  for (let job = 0; job < WARM_UP_JOBS + WARM_JOBS; job++) {
    const milliseconds = await take(noopModule());
    if (job >= WARM_UP_JOBS) warm.push(milliseconds);
  }
  const cold: number[] = [];
  for (let job = 1; job <= COLD_JOBS; job++) cold.push(await take(noopModule(job)));
  return {
    warmP50: quantile(warm, 0.5),
    warmP99: quantile(warm, 0.99),
    cold: quantile(cold, 0.5),
    warmJobs: warm.length,
    coldJobs: cold.length,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return Math.round(value * 100) / 100;
}
