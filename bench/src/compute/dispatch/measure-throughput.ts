import type { Renter } from '@millrace/sdk/rent';
import { noopModule } from '../../sandbox/noop.ts';
import { smallJob } from '../node/rent.ts';

/** No-op jobs a second, from submitting the first to the checked result of the last. */
export type Throughput = {
  /** The best of the runs: whatever else the machine does takes time from the others. */
  readonly jobsPerSecond: number;
  readonly runs: readonly number[];
  readonly jobs: number;
};

const RUNS = 3;
const JOBS = 2_000;

export async function measureThroughput(renter: Renter, nodes: number): Promise<Throughput> {
  const run = async (jobs: number): Promise<number> => {
    const start = performance.now();
    const given = Array.from({ length: jobs }, () => smallJob(noopModule()));
    const ends = await renter.runMany(given, { nodes }).done;
    const seconds = (performance.now() - start) / 1_000;
    const failed = ends.find(({ error }) => error !== undefined);
    if (failed !== undefined) throw failed.error;
    const used = new Set(ends.map(({ result }) => result?.node));
    if (used.size !== nodes) throw new Error(`${used.size} of ${nodes} nodes worked.`);
    return Math.round(jobs / seconds);
  };
  await run(JOBS / 2);
  const runs: number[] = [];
  for (let at = 0; at < RUNS; at++) runs.push(await run(JOBS));
  return { jobsPerSecond: Math.max(...runs), runs, jobs: JOBS };
}
