import { parseAmount } from '@millrace/protocol';
import { type JobSpec, PROFILES, parseJobSpec, RUNTIMES, TIERS } from '@millrace/protocol/compute';
import { UsageError } from '../usage-error.ts';
import { readSeconds } from '../words/duration-words.ts';

/** What a job is and what it needs, as every command that orders one takes it. */
export const jobOptions = {
  input: {
    kind: 'list',
    value: 'file',
    about: 'what it works on; several are joined in order; - is standard input',
  },
  runtime: { kind: 'text', value: 'name', about: `${RUNTIMES.join(', ')}; default: by the name of the file` },
  profile: { kind: 'text', value: 'name', about: `${PROFILES.join(' or ')}; default: integer` },
  tier: { kind: 'text', value: 'name', about: `${TIERS.join(' or ')}; default: deterministic` },
  seed: { kind: 'text', value: 'hex', about: '32 bytes that its chance comes from; default: zeros' },
  fuel: { kind: 'text', value: 'units', about: 'work at most, such as 5e9; default: 1e10' },
  memory: { kind: 'text', value: 'MB', about: 'memory at most; default: 64' },
  time: { kind: 'text', value: 'span', about: 'running time at most; default: 1m' },
  outputLimit: { kind: 'text', value: 'MB', about: 'size of the result at most; default: 16' },
  cores: { kind: 'text', value: 'count', about: 'cores of the machine at least' },
  gpuMemory: { kind: 'text', value: 'MB', about: 'memory of a graphics card at least' },
  region: { kind: 'list', value: 'name', about: 'any of these regions, such as FI' },
  energy: { kind: 'list', value: 'name', about: 'any of these sources of energy, such as wind' },
  latency: { kind: 'text', value: 'ms', about: 'round trip to the machine at most' },
  maxPrice: { kind: 'text', value: 'amount', about: 'what it may cost; default: 1' },
  deadline: { kind: 'text', value: 'span', about: 'when the result is useless; default: 10m' },
} as const;

/** What commander made of {@link jobOptions}. */
export type JobWishes = { [Name in keyof typeof jobOptions]: Wish<(typeof jobOptions)[Name]['kind']> };
type Wish<Kind> = Kind extends 'list' ? readonly string[] : string | undefined;

/** A job but for its contents, which have no identifiers yet. */
export type JobDraft = Omit<JobSpec, 'module' | 'inputs'>;

const MEGABYTE = 2 ** 20;
const PAGES_PER_MEGABYTE = 16;
/** Any identifier: the draft has none, but is checked as a whole. */
const SOME_CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';

/**
 * Reads what was said of a job.
 *
 * @param file the name of the module, which says what runs it: `.onnx`, `.json` for a container, else WebAssembly
 * @param decimals of the token that nodes are paid in
 * @param now seconds since 1970
 * @throws {@link UsageError} `INVALID_OPTION` and what amounts and spans throw; `JOB_SPEC_INVALID`.
 */
export function readJobDraft(wishes: JobWishes, file: string, decimals: number, now: bigint): JobDraft {
  const memory = count('--memory', wishes.memory, 64);
  const {
    module: _,
    inputs: __,
    ...draft
  } = parseJobSpec({
    version: 1,
    module: SOME_CID,
    runtime: choice('--runtime', wishes.runtime, RUNTIMES) ?? runtimeOf(file),
    profile: choice('--profile', wishes.profile, PROFILES),
    seed: wishes.seed,
    fuel: scientific('--fuel', wishes.fuel ?? '1e10'),
    memoryPages: memory * PAGES_PER_MEGABYTE,
    timeMilliseconds: readSeconds(wishes.time ?? '1m') * 1_000,
    outputBytes: count('--output-limit', wishes.outputLimit, 16) * MEGABYTE,
    needs: {
      cores: count('--cores', wishes.cores, 0),
      memoryMegabytes: memory,
      gpuMemoryMegabytes: count('--gpu-memory', wishes.gpuMemory, 0),
      regions: wishes.region,
      latencyMilliseconds: count('--latency', wishes.latency, 0),
      energy: wishes.energy,
      priceCap: parseAmount(wishes.maxPrice ?? '1', decimals),
      deadline: now + BigInt(readSeconds(wishes.deadline ?? '10m')),
      tier: choice('--tier', wishes.tier, TIERS) ?? (runtimeOf(file) === 'container' ? 'fast' : undefined),
    },
  });
  return draft;
}

function runtimeOf(file: string): JobSpec['runtime'] {
  if (file.endsWith('.onnx')) return 'onnx';
  return file.endsWith('.json') ? 'container' : 'wasm';
}

function choice<T extends string>(name: string, text: string | undefined, of: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = of.find((each) => each === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`“${text}” (${name}) is none of ${of.join(', ')}.`, 'INVALID_OPTION');
}

function count(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new UsageError(`“${text}” (${name}) is no whole number.`, 'INVALID_OPTION');
}

/** `5e9`, `2.5e10` or plain digits. */
function scientific(name: string, text: string): bigint {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^(\d+)(?:\.(\d+))?(?:e(\d{1,2}))?$/i.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (whole !== '' && zeros >= 0) return BigInt(whole + fraction) * 10n ** BigInt(zeros);
  throw new UsageError(
    `“${text}” (${name}) is no whole number.`,
    'INVALID_OPTION',
    'Write it like 5000000000 or 5e9.',
  );
}
