import type { CompiledModule } from '../engine/web-assembly.ts';
import type { Profile } from '../gate/policy.ts';
import type { PauseGate } from '../pause/pause-gate.ts';
import type { JobLimits, JobListener, JobSnapshot } from '../run/job.ts';

/** A module that has passed the gate. */
export type PreparedModule = {
  /** SHA-256 of the bytes that were handed in, hexadecimal. */
  readonly hash: string;
  readonly profile: Profile;
  /** It exports `step`, so its jobs make snapshots and checkpoints. */
  readonly isStepped: boolean;
  readonly compiled: CompiledModule;
};

/** A job to run. */
export type Job = {
  /** The bytes of a module, or what `prepare` made of them. */
  readonly module: Uint8Array | PreparedModule;
  /** For bytes. Default: `integer`. */
  readonly profile?: Profile;
  /** Default: none. */
  readonly input?: Uint8Array;
  /** 32 bytes. Default: zeros. */
  readonly seed?: Uint8Array;
  readonly limits?: Partial<JobLimits>;
  /** On the wall clock, without waiting, preparing, and standing still at the gate. Default: 60. */
  readonly seconds?: number;
  /** Stops the job, whatever it does: `JOB_STOPPED`. */
  readonly signal?: AbortSignal | undefined;
  /** Makes the job stand still: at its next call to the host or between two steps; where snapshots are wanted, only there. */
  readonly gate?: PauseGate | undefined;
  /** How often a job in steps is written down, at the least. Default: never. */
  readonly snapshotSeconds?: number | undefined;
  /** Hears of each snapshot while the job goes on; also of one that is taken before it stands still between two steps. */
  readonly onSnapshot?: ((snapshot: JobSnapshot) => void) | undefined;
  /** Goes on from the bytes of a snapshot of the same module, profile, input, seed and limits, made on any machine. */
  readonly resume?: Uint8Array | undefined;
  /** Least fuel between two checkpoints of a job in steps (see README); 0 for none. Default: 1,000,000,000. */
  readonly checkpointFuel?: bigint;
} & JobListener;
