import { decodeAbiParameters, encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from 'viem';
import { ComputeError } from '../compute-error.ts';
import type { JobSpec } from './job-spec.ts';
import { parseJobSpec } from './parse-job-spec.ts';

/** As a contract would read it: `abi.decode(bytes, (JobSpec))`. */
const PARAMETERS = parseAbiParameters([
  'JobSpec spec',
  'struct JobSpec { uint8 version; string runtime; string module; string[] inputs; string profile; bytes32 seed; uint64 fuel; uint32 memoryPages; uint32 timeMilliseconds; uint32 outputBytes; JobNeeds needs; }',
  'struct JobNeeds { uint32 cores; uint32 memoryMegabytes; uint32 gpuMemoryMegabytes; string[] regions; uint32 latencyMilliseconds; string[] energy; uint256 priceCap; uint64 deadline; string tier; }',
]);

/**
 * The canonical bytes of a job: the ABI encoding of its fields in the order of the type, lists of names sorted. Equal jobs
 * have equal bytes.
 *
 * @throws {@link ComputeError} `JOB_SPEC_INVALID`
 */
export function encodeJobSpec(spec: JobSpec): Hex {
  return encodeAbiParameters(PARAMETERS, [parseJobSpec(spec)]);
}

/**
 * The job that {@link encodeJobSpec} has written.
 *
 * @throws {@link ComputeError} `JOB_SPEC_INVALID`, and `JOB_SPEC_NOT_CANONICAL` when other bytes say the same.
 */
export function decodeJobSpec(bytes: Hex): JobSpec {
  const spec = parseJobSpec(decode(bytes));
  if (encodeJobSpec(spec) === bytes.toLowerCase()) return spec;
  throw new ComputeError('JOB_SPEC_NOT_CANONICAL', 'These bytes are not the canonical form of the job.');
}

/**
 * What an order names as its `spec`: keccak256 of the canonical bytes.
 *
 * @throws {@link ComputeError} `JOB_SPEC_INVALID`
 *
 * @example
 * ```ts
 * const order = { ...terms, spec: hashJobSpec(spec), maxPrice: spec.needs.priceCap }
 * ```
 */
export function hashJobSpec(spec: JobSpec): Hex {
  return keccak256(encodeJobSpec(spec));
}

function decode(bytes: Hex): unknown {
  try {
    return decodeAbiParameters(PARAMETERS, bytes)[0];
  } catch (cause) {
    throw new ComputeError('JOB_SPEC_INVALID', 'These bytes are no job.', undefined, cause);
  }
}
