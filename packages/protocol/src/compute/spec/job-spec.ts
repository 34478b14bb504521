import type { Hex } from 'viem';
import type { Cid } from '../content/cid.ts';

/** What runs the job: a WebAssembly module in the sandbox, an ONNX model, or a container. */
export const RUNTIMES = ['wasm', 'onnx', 'container'] as const;
export type Runtime = (typeof RUNTIMES)[number];

/** Which instructions a module may use. In `integer`, results are the same everywhere by construction. */
export const PROFILES = ['integer', 'float'] as const;
export type Profile = (typeof PROFILES)[number];

/** `deterministic`: the result is compared bit for bit. `fast`: within a tolerance, on whatever the node has. */
export const TIERS = ['deterministic', 'fast'] as const;
export type Tier = (typeof TIERS)[number];

/** What a job asks of the machine and of the deal. A zero or an empty list asks for nothing. */
export type JobNeeds = {
  /** Processor cores. */
  readonly cores: number;
  /** Megabytes (2^20 bytes) of free memory. */
  readonly memoryMegabytes: number;
  /** Megabytes of memory of a graphics card. */
  readonly gpuMemoryMegabytes: number;
  /** Any of these regions, such as `FI`; sorted, none twice. */
  readonly regions: readonly string[];
  /** Round trip to the node, milliseconds at most. */
  readonly latencyMilliseconds: number;
  /** Any of these sources of energy, such as `wind`; sorted, none twice. */
  readonly energy: readonly string[];
  /** What the job may cost, base units of the token that the order names. */
  readonly priceCap: bigint;
  /** When the result is useless, seconds since 1970; 0 for never. */
  readonly deadline: bigint;
  readonly tier: Tier;
};

/**
 * A job: what runs on what, how far it may go, and what it needs. Its result is a function of `module`, `inputs`, `seed`
 * and `fuel`. Orders name it by {@link hashJobSpec}.
 */
export type JobSpec = {
  readonly version: 1;
  readonly runtime: Runtime;
  readonly module: Cid;
  /** In the order that the job sees them. */
  readonly inputs: readonly Cid[];
  readonly profile: Profile;
  /** 32 bytes: the key of the job’s random numbers. */
  readonly seed: Hex;
  /** Units of work at most; about one for each instruction. */
  readonly fuel: bigint;
  /** Pages of 64 KiB at most. */
  readonly memoryPages: number;
  /** Running time at most, milliseconds. */
  readonly timeMilliseconds: number;
  /** Bytes of the result at most. */
  readonly outputBytes: number;
  readonly needs: JobNeeds;
};
