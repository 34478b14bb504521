import { zeroHash } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { FieldReader } from './field-reader.ts';
import { type JobNeeds, type JobSpec, PROFILES, RUNTIMES, TIERS } from './job-spec.ts';

const SPEC_FIELDS = [
  'version',
  'runtime',
  'module',
  'inputs',
  'profile',
  'seed',
  'fuel',
  'memoryPages',
  'timeMilliseconds',
  'outputBytes',
  'needs',
] as const;
const NEEDS_FIELDS = [
  'cores',
  'memoryMegabytes',
  'gpuMemoryMegabytes',
  'regions',
  'latencyMilliseconds',
  'energy',
  'priceCap',
  'deadline',
  'tier',
] as const;

const UINT32 = 2n ** 32n - 1n;
const UINT64 = 2n ** 64n - 1n;
const UINT256 = 2n ** 256n - 1n;
/** All that 32 bits of address reach. */
const MOST_PAGES = 65_536n;
const MOST_INPUTS = 1_024;
const MOST_NAMES = 64;

/**
 * Reads a job from JSON or from an object: amounts may be decimal strings, unknown fields are refused, lists of names are
 * sorted. Needs that are left out ask for nothing, but for `priceCap`.
 *
 * Defaults: `runtime` wasm, no inputs, `profile` integer, `seed` zero, `memoryPages` 1,024 (64 MiB), one minute, 16 MiB of
 * output, `tier` deterministic.
 *
 * @throws {@link ComputeError} `JOB_SPEC_INVALID`, whose details list every problem.
 *
 * @example
 * ```ts
 * const spec = parseJobSpec({ version: 1, module: 'bafkrei…', fuel: '1000000000', needs: { priceCap: '5000' } })
 * spec.profile // 'integer'
 * ```
 */
export function parseJobSpec(value: unknown): JobSpec {
  const reader = new FieldReader(value, SPEC_FIELDS);
  reader.integer('version', { least: 1n, most: 1n });
  const spec: JobSpec = {
    version: 1,
    runtime: reader.oneOf('runtime', RUNTIMES, 'wasm'),
    module: reader.cid('module'),
    inputs: reader.cids('inputs', MOST_INPUTS),
    profile: reader.oneOf('profile', PROFILES, 'integer'),
    seed: reader.word('seed', zeroHash),
    fuel: reader.integer('fuel', { least: 1n, most: UINT64 }),
    memoryPages: reader.count('memoryPages', { most: MOST_PAGES, otherwise: 1_024n }),
    timeMilliseconds: reader.count('timeMilliseconds', { least: 1n, most: UINT32, otherwise: 60_000n }),
    outputBytes: reader.count('outputBytes', { most: UINT32, otherwise: 16n * 1_024n * 1_024n }),
    needs: parseNeeds(reader.within('needs', NEEDS_FIELDS)),
  };
  if (reader.problems.length === 0) return spec;
  throw new ComputeError('JOB_SPEC_INVALID', `This is no job: ${reader.problems.join('; ')}.`, {
    problems: reader.problems,
  });
}

function parseNeeds(reader: FieldReader): JobNeeds {
  const optional = { most: UINT32, otherwise: 0n };
  return {
    cores: reader.count('cores', optional),
    memoryMegabytes: reader.count('memoryMegabytes', optional),
    gpuMemoryMegabytes: reader.count('gpuMemoryMegabytes', optional),
    regions: reader.names('regions', MOST_NAMES),
    latencyMilliseconds: reader.count('latencyMilliseconds', optional),
    energy: reader.names('energy', MOST_NAMES),
    priceCap: reader.integer('priceCap', { most: UINT256 }),
    deadline: reader.integer('deadline', { most: UINT64, otherwise: 0n }),
    tier: reader.oneOf('tier', TIERS, 'deterministic'),
  };
}
