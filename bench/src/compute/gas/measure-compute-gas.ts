import { BenchChain } from '../../chain/bench-chain.ts';
import { deployCompute } from '../deploy-compute.ts';
import { runChannelRows } from './channel-rows.ts';
import { readCodeSizes } from './code-sizes.ts';
import { runJobRows } from './job-rows.ts';
import type { ComputeFigures } from './limits.ts';
import { runNodeRows } from './node-rows.ts';

/** Gas by row, and the figures that have a limit. */
export type ComputeGas = ComputeFigures & {
  /** What paying costs for each job, when so many jobs are paid by one voucher that is redeemed in a batch. */
  perJob: Readonly<Record<1 | 10 | 1000, number>>;
  rows: Readonly<Record<string, number>>;
  /** Bytes of code. */
  codeSizes: Readonly<Record<string, number>>;
};

const JOBS_PER_VOUCHER = [1, 10, 1000] as const;

/** Runs every operation on a chain of its own; two runs of the same code give the same numbers. */
export async function measureComputeGas(): Promise<ComputeGas> {
  const chain = await BenchChain.start();
  try {
    const contracts = await deployCompute(chain);
    const rows = new Map<string, number>([
      ...(await runChannelRows(chain, contracts)),
      ...(await runJobRows(chain, contracts)),
      ...(await runNodeRows(chain, contracts)),
    ]);
    const row = (label: string): number => rows.get(label) ?? Number.NaN;
    const redeemBatched = row('redeem, each of a batch of 100');
    const perJob = JOBS_PER_VOUCHER.map((jobs) => [jobs, Math.ceil(redeemBatched / jobs)]);
    return {
      redeem: row('redeem, repeat'),
      redeemBatched,
      escrowPath: row('job: open') + row('job: submit') + row('job: accept'),
      perJob: Object.fromEntries(perJob),
      rows: Object.fromEntries(rows),
      codeSizes: await readCodeSizes(chain, contracts),
    };
  } finally {
    await chain.stop();
  }
}
