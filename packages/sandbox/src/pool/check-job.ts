import { JOB_LIMITS, type JobInput } from '../run/job.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { Job } from './job.ts';
import type { SnapshotOrder } from './messages.ts';

const LARGEST_FUEL = 2n ** 60n;

/** @throws SandboxError `JOB_INPUT_INVALID` */
export function checkInput(
  { input = new Uint8Array(0), seed = new Uint8Array(32), limits, seconds = 60, checkpointFuel = 0n }: Job,
  stopFuel = 0n,
): JobInput {
  const all = { ...JOB_LIMITS, ...limits };
  if (seed.length !== 32) throw invalid('The seed has other than 32 bytes.', { bytes: seed.length });
  for (const fuel of [all.fuel, stopFuel, checkpointFuel]) {
    if (fuel < 0n || fuel > LARGEST_FUEL) throw invalid('The fuel is out of range.', { fuel: `${fuel}` });
  }
  if (!(seconds > 0)) throw invalid('The time is out of range.', { seconds });
  for (const name of ['memoryPages', 'outputBytes', 'logBytes'] as const) {
    const value = all[name];
    if (!Number.isSafeInteger(value) || value < 0)
      throw invalid('A limit is out of range.', { [name]: value });
  }
  return { input, seed, limits: all };
}

/** @throws SandboxError `JOB_INPUT_INVALID` */
export function orderSnapshots({ snapshotSeconds = 0, onSnapshot }: Job): SnapshotOrder | undefined {
  if (!(snapshotSeconds >= 0)) throw invalid('The time is out of range.', { seconds: snapshotSeconds });
  if (snapshotSeconds === 0 || !onSnapshot) return undefined;
  return { milliseconds: snapshotSeconds * 1_000, busy: new Int32Array(new SharedArrayBuffer(4)) };
}

function invalid(message: string, details: Record<string, string | number>): SandboxError {
  return new SandboxError('JOB_INPUT_INVALID', message, details);
}
