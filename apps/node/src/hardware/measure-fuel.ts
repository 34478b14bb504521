import { readFileSync } from 'node:fs';
import { openSandbox, type Profile, type Sandbox } from '@millrace/sandbox';
import { HardwareError } from './hardware-error.ts';

/** How fast one slot is when all slots run. */
export type FuelRate = {
  /** Units of fuel a second: the median of several runs. */
  readonly perSecond: bigint;
  /** How far apart the middle half of the runs was, as a share of the median. */
  readonly spread: number;
  readonly runs: number;
};

/** From `apps/node/assembly`, by `npm run generate`. */
const MODULES = new URL('../../module/', import.meta.url);
/** The result of one round. A machine that finds another cannot be trusted with anything. */
const ANSWERS: Readonly<Record<Profile, string>> = {
  integer: 'fef212c523e6a03c',
  float: 'ce2f34a69c47bb99',
};
/** V8 replaces its quick code by the optimised within these. */
const WARM_UP_MILLISECONDS = 200;
/** Long against the milliseconds that handing a job over takes. */
const RUN_MILLISECONDS = 100;

/**
 * Measures how much fuel a second is spent by real jobs in the sandbox: a mixture of what jobs do, in both profiles.
 *
 * @throws HardwareError `HARDWARE_WRONG` when the machine computes something else than others
 */
export async function measureFuel(options: {
  seconds: number;
  threads: number;
}): Promise<Record<Profile, FuelRate>> {
  const sandbox = await openSandbox({ threads: options.threads });
  try {
    const half = { ...options, seconds: options.seconds / 2 };
    return { integer: await measure(sandbox, 'integer', half), float: await measure(sandbox, 'float', half) };
  } finally {
    await sandbox.close();
  }
}

async function measure(
  sandbox: Sandbox,
  profile: Profile,
  { seconds, threads }: { seconds: number; threads: number },
): Promise<FuelRate> {
  const end = performance.now() + seconds * 1_000;
  const module = await sandbox.prepare(readFileSync(new URL(`${profile}.wasm`, MODULES)), profile);
  const run = async (rounds: number) => {
    const begun = performance.now();
    const { output, fuel } = await sandbox.run({ module, input: word(rounds), limits: { fuel: 1n << 50n } });
    const milliseconds = performance.now() - begun;
    return {
      output: Buffer.from(output).toString('hex'),
      milliseconds,
      fuelPerSecond: (Number(fuel) / milliseconds) * 1_000,
    };
  };
  const { output } = await run(1);
  if (output !== ANSWERS[profile]) throw wrong(profile, output);
  const runAll = (rounds: number) => Promise.all(Array.from({ length: threads }, () => run(rounds)));
  const rounds = await warmUp(async (rounds) =>
    Math.max(...(await runAll(rounds)).map((each) => each.milliseconds)),
  );
  const rates: number[] = [];
  do rates.push(...(await runAll(rounds)).map((each) => each.fuelPerSecond));
  while (performance.now() + RUN_MILLISECONDS < end);
  return summary(rates);
}

/** Runs until the code is warm; answers how many rounds take long enough. */
async function warmUp(run: (rounds: number) => Promise<number>): Promise<number> {
  const end = performance.now() + WARM_UP_MILLISECONDS;
  let rounds = 8;
  while (true) {
    const milliseconds = await run(rounds);
    const next = Math.ceil(rounds * Math.min(8, RUN_MILLISECONDS / milliseconds));
    if (performance.now() > end && next <= rounds * 2) return next;
    rounds = next;
  }
}

function summary(rates: readonly number[]): FuelRate {
  const sorted = [...rates].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
  const median = at(0.5);
  return {
    perSecond: BigInt(Math.floor(median)),
    spread: (at(0.75) - at(0.25)) / median,
    runs: sorted.length,
  };
}

function word(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function wrong(profile: Profile, output: string): HardwareError {
  return new HardwareError(`This machine computes wrongly in the profile ${profile}.`, {
    code: 'HARDWARE_WRONG',
    hint: 'Test its memory and processor, and undo any overclocking, before it sells work.',
    details: { profile, expected: ANSWERS[profile], output },
  });
}
