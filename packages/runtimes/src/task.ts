import type { JobSpec } from '@millrace/protocol/compute';
import type { OutputPlace, PauseGate, Spent } from '@millrace/sandbox';
import type { Hex } from 'viem';

/** Hears what a job says while it runs. */
export type RuntimeListener = {
  readonly onLog?: ((line: Uint8Array, spent: Spent) => void) | undefined;
  /** @param millionths done, 0 to 1,000,000 */
  readonly onProgress?: ((millionths: number, spent: Spent) => void) | undefined;
  /** The result as it grows, piece by piece. */
  readonly onOutput?: ((bytes: Uint8Array, place: OutputPlace) => void) | undefined;
  readonly onSnapshot?: ((snapshot: Snapshot) => void) | undefined;
  /** What it has spent, now and then, where the runtime can tell while the job says nothing. */
  readonly onSpent?: ((spent: Spent) => void) | undefined;
};

/** A job at one moment of its run, from which the same runtime goes on, on any machine. */
export type Snapshot = {
  /** Spent when it was taken. */
  readonly fuel: bigint;
  readonly bytes: Uint8Array;
  /** Hash of the job's state at that fuel. */
  readonly state: Hex;
};

/** One job to run, its content at hand. */
export type RuntimeTask = {
  readonly spec: JobSpec;
  /** What `spec.module` names. */
  readonly module: Uint8Array;
  /** What `spec.inputs` name, in that order. WebAssembly sees them joined to one. */
  readonly inputs: readonly Uint8Array[];
  /** Goes on from here, where the runtime can. `fuel` has to be what the snapshot says; `state` only where it is known. */
  readonly resume?: (Omit<Snapshot, 'state'> & Partial<Pick<Snapshot, 'state'>>) | undefined;
  /** Closed, the job stops at its next safe point; that time does not count. */
  readonly gate: PauseGate;
  /** Aborted, the job ends with `JOB_STOPPED`, also while it stands still. */
  readonly signal: AbortSignal;
  readonly listener: RuntimeListener;
  /** How often a snapshot is wanted. 0 or absent: never. */
  readonly snapshotSeconds?: number | undefined;
};

/** What became of a job that ended well. */
export type RuntimeResult = {
  readonly output: Uint8Array;
  /** Units of work spent. */
  readonly fuel: bigint;
  /** Merkle root of the states at the fuel checkpoints; zero for none. */
  readonly checkpoints: Hex;
};
