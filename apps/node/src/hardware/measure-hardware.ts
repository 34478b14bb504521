import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Hardware } from '@millrace/protocol/wire';
import type { Profile } from '@millrace/sandbox';
import { readCpuQuota } from './cgroup.ts';
import { findGpu, type Gpu } from './find-gpu.ts';
import { HardwareError } from './hardware-error.ts';
import { type FuelRate, measureFuel } from './measure-fuel.ts';

/** A machine as it was measured, and how sure the figures are. */
export type HardwareReport = {
  /** For the node’s ask. */
  readonly hardware: Hardware;
  readonly gpuFoundBy: Gpu['foundBy'];
  /** Jobs that ran at once while it was measured. */
  readonly threads: number;
  readonly rates: Readonly<Record<Profile, FuelRate>>;
};

/**
 * Measures this machine: what this process may use of it, and the fuel that each of `threads` slots spends a second while
 * all of them run.
 *
 * @param seconds for the fuel, in all. Default: 4.
 * @param threads Default: as many as there are cores to use.
 * @throws HardwareError `HARDWARE_WRONG` when the machine computes something else than others, `HARDWARE_OPTIONS_INVALID`
 */
export async function measureHardware({
  seconds = 4,
  threads,
}: {
  seconds?: number | undefined;
  threads?: number | undefined;
} = {}): Promise<HardwareReport> {
  const cores = countCores();
  const slots = threads ?? cores;
  if (!(seconds > 0 && seconds <= 600) || !Number.isSafeInteger(slots) || slots < 1 || slots > 1_024) {
    throw new HardwareError('This is no way to measure a machine.', {
      code: 'HARDWARE_OPTIONS_INVALID',
      hint: 'Use 1 to 1,024 threads, and up to 600 seconds.',
      details: { seconds, threads: slots },
    });
  }
  const gpu = await findGpu();
  const rates = await measureFuel({ seconds, threads: slots });
  return {
    hardware: {
      cpu: (cpus()[0]?.model ?? '').trim().slice(0, 128),
      cores,
      memoryMegabytes: countMegabytes(),
      gpu: gpu.name,
      gpuMemoryMegabytes: gpu.memoryMegabytes,
      fuelPerSecond: { integer: rates.integer.perSecond, float: rates.float.perSecond },
    },
    gpuFoundBy: gpu.foundBy,
    threads: slots,
    rates,
  };
}

/** Whole cores that this process may keep busy: what the scheduler and the control groups leave it, at least one. */
function countCores(): number {
  const quota = readCpuQuota() ?? Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(Math.min(availableParallelism(), quota)));
}

/** The machine’s memory, or what the control groups allow of it. */
function countMegabytes(): number {
  // 0, or beyond the machine, when there is no limit.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(totalmem(), limit) / 2 ** 20);
}
