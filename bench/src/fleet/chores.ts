import type { RentJob } from '@millrace/sdk/rent';
import { smallJob } from '../compute/node/rent.ts';

/** A job whose result anybody can work out. */
export type Chore = { readonly job: RentJob; readonly expected: Uint8Array };

/** About thirty milliseconds of one core. */
const TURNS = 10_000_000;
/** Enough that a result of another job is noticed; each has to be worked out here as well. */
const SEEDS = 16;
const FUEL = 300_000_000n;

export function createChores(module: Uint8Array, count: number): Chore[] {
  const turned = Array.from({ length: SEEDS }, (_, seed) => turn(seed + 1, TURNS));
  return Array.from({ length: count }, (_, index) => {
    const input = words(index, (index % SEEDS) + 1, TURNS);
    const needs = { priceCap: 10_000n };
    const job = smallJob(module, { inputs: [input], fuel: FUEL, timeMilliseconds: 30_000, needs });
    return { job: { ...job, label: `${index}` }, expected: words(index, turned[index % SEEDS] as number) };
  });
}

/** xorshift32, as the module does it. */
function turn(seed: number, turns: number): number {
  let state = seed;
  for (let left = turns; left !== 0; left--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state >>> 0;
}

function words(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => {
    bytes.writeUInt32LE(value, 4 * at);
  });
  return Uint8Array.from(bytes);
}
