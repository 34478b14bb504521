import { cpus, loadavg } from 'node:os';
import { measureSandbox, type SandboxReport } from '../sandbox/measure-sandbox.ts';
import { type DispatchReport, measureDispatch } from './dispatch/measure-dispatch.ts';
import { type ComputeGas, measureComputeGas } from './gas/measure-compute-gas.ts';
import { type FirstPaid, measureFirstPaid } from './node/measure-first-paid.ts';

export type ComputeReport = {
  readonly dispatch: DispatchReport;
  readonly gas: Pick<ComputeGas, 'redeem' | 'redeemBatched' | 'escrowPath' | 'perJob'>;
  readonly sandbox: SandboxReport['kernels'];
  readonly firstPaidJob: FirstPaid;
  /** What else the machine was doing: processes that wanted a core, a minute's average, when each part began. */
  readonly machine: { readonly cores: number; readonly load: Readonly<Record<string, number>> };
};

/** Everything that is promised about rented machines, one after the other: each part has the machine to itself. */
export async function measureCompute(say: (words: string) => void): Promise<ComputeReport> {
  const load: Record<string, number> = {};
  const part = async <T>(name: string, measure: () => Promise<T>): Promise<T> => {
    load[name] = Math.round((loadavg()[0] as number) * 10) / 10;
    say(`${name}, at a load of ${load[name]}`);
    return await measure();
  };
  const firstPaidJob = await part('firstPaidJob', measureFirstPaid);
  const dispatch = await part('dispatch', measureDispatch);
  const { kernels } = await part('sandbox', measureSandbox);
  const { redeem, redeemBatched, escrowPath, perJob } = await part('gas', measureComputeGas);
  return {
    dispatch,
    gas: { redeem, redeemBatched, escrowPath, perJob },
    sandbox: kernels,
    firstPaidJob,
    machine: { cores: cpus().length, load },
  };
}
