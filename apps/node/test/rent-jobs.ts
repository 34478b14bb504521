import type { RentJob } from '@millrace/sdk/rent';

/** A job that costs little. */
export function jobOf(module: Uint8Array, changes: Partial<RentJob> = {}): RentJob {
  return {
    module,
    fuel: 1_000_000_000n,
    memoryPages: 16,
    timeMilliseconds: 30_000,
    outputBytes: 1 << 20,
    ...changes,
    needs: { priceCap: 1_000_000_000n, ...changes.needs },
  };
}
