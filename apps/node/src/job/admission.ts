import { amountsAsText } from '@millrace/protocol';
import type { JobSpec, WorkPrice } from '@millrace/protocol/compute';
import { computeDue } from '@millrace/protocol/compute';
import { RefusalError } from '@millrace/protocol/wire';
import type { Core } from '../core.ts';

/** Many small files are one folder: the list stays in memory as long as the job is remembered. */
export const MOST_INPUTS = 128;

/** What a job costs at its limits, base units, rounded up. */
export function mostDue({ fuel, timeMilliseconds }: JobSpec, price: WorkPrice): bigint {
  return computeDue({ fuel, microseconds: BigInt(timeMilliseconds) * 1_000n, jobs: 1n }, price, 'up');
}

/**
 * Whether this node takes such jobs at all.
 *
 * @throws {@link RefusalError} the first reason why not
 */
export function requireFit(core: Core, spec: JobSpec, price: WorkPrice): void {
  const { config, runtimes } = core;
  const { needs } = spec;
  const { limits, hardware } = config;
  const runtime = runtimes.get(spec.runtime);
  if (runtime === undefined) {
    throw refuse('RUNTIME_UNAVAILABLE', `This node does not run ${spec.runtime}.`, {
      asked: spec.runtime,
      has: [...runtimes.keys()],
    });
  }
  if (!runtime.tiers.includes(needs.tier)) {
    throw refuse(
      'TIER_UNAVAILABLE',
      `This node runs ${spec.runtime} in the tier ${runtime.tiers.join(', ')}.`,
      {
        asked: needs.tier,
        has: runtime.tiers,
      },
    );
  }
  atMost('CORES_TOO_FEW', 'cores', needs.cores, hardware.cores);
  atMost('MEMORY_TOO_SMALL', 'megabytes of memory', memoryOf(spec), limits.memoryMegabytes);
  atMost(
    'GPU_TOO_SMALL',
    'megabytes of graphics memory',
    needs.gpuMemoryMegabytes,
    hardware.gpuMemoryMegabytes,
  );
  oneOf('REGION_MISMATCH', 'region', needs.regions, config.region);
  oneOf('ENERGY_MISMATCH', 'source of energy', needs.energy, config.energy);
  atMost('FUEL_ABOVE_LIMIT', 'units of fuel', spec.fuel, limits.fuel);
  atMost('TIME_ABOVE_LIMIT', 'milliseconds', spec.timeMilliseconds, limits.timeMilliseconds);
  atMost('INPUT_ABOVE_LIMIT', 'inputs', spec.inputs.length, MOST_INPUTS);
  atMost('OUTPUT_ABOVE_LIMIT', 'bytes of output', spec.outputBytes, limits.outputBytes);
  const cost = mostDue(spec, price);
  if (cost > needs.priceCap) {
    const words = `The job may cost ${cost} at its limits, and its price cap is ${needs.priceCap}.`;
    throw refuse('PRICE_ABOVE_CAP', words, { mostDue: cost, priceCap: needs.priceCap });
  }
}

/**
 * Whether the node can begin such a job in time.
 *
 * @throws {@link RefusalError} `NODE_DRAINING`, `QUEUE_FULL`, `DEADLINE_TOO_SOON`
 */
export function requireRoom(core: Core, spec: JobSpec, waitingInGroup = 0): void {
  if (core.mode.isDraining)
    throw refuse('NODE_DRAINING', 'This node takes no new jobs: it is being shut down.');
  const { jobs, jobsPerChannel } = core.config.queue;
  const queue = core.scheduler.state();
  if (queue.waiting >= jobs || waitingInGroup >= jobsPerChannel) {
    const wait = Math.max(100, Math.round(queue.waitMilliseconds / 4));
    throw new RefusalError('QUEUE_FULL', `${queue.waiting} jobs wait here.`, { ...queue }, wait);
  }
  const { deadline } = spec.needs;
  if (deadline === 0n) return;
  const begins = Date.now() + queue.waitMilliseconds;
  if (BigInt(Math.ceil(begins / 1_000)) >= deadline) {
    throw refuse('DEADLINE_TOO_SOON', 'The job could not begin before its deadline.', {
      deadline,
      waitMilliseconds: queue.waitMilliseconds,
    });
  }
}

function memoryOf({ memoryPages, needs }: JobSpec): number {
  return Math.max(Math.ceil(memoryPages / 16), needs.memoryMegabytes);
}

function atMost(
  code: ConstructorParameters<typeof RefusalError>[0],
  what: string,
  asked: number | bigint,
  has: number | bigint,
): void {
  if (asked > has)
    throw refuse(code, `The job asks for ${asked} ${what}, and ${has} are to be had.`, { asked, has });
}

function oneOf(
  code: ConstructorParameters<typeof RefusalError>[0],
  what: string,
  asked: readonly string[],
  has: string,
): void {
  if (asked.length === 0 || asked.includes(has)) return;
  const words = has === '' ? `This node does not tell its ${what}.` : `The ${what} of this node is ${has}.`;
  throw refuse(code, words, { asked, has });
}

/** A refusal whose amounts are decimal strings, as JSON wants them. */
export function refuse(
  code: ConstructorParameters<typeof RefusalError>[0],
  words: string,
  details?: Readonly<Record<string, unknown>>,
): RefusalError {
  if (details === undefined) return new RefusalError(code, words);
  const plain = Object.entries(details).map(([name, value]) => [name, amountsAsText(name, value)]);
  return new RefusalError(code, words, Object.fromEntries(plain));
}
