import type { SerializedMillraceError } from '@millrace/protocol/millrace-error';
import type { CompiledModule } from '../engine/web-assembly.ts';
import type { Profile } from '../gate/policy.ts';
import type { JobInput, JobResult, OutputPlace, Spent } from '../run/job.ts';
import type { ModuleIdentity } from '../snapshot/job-digest.ts';
import type { RawSnapshot } from '../snapshot/take-snapshot.ts';

export type PrepareTask = { readonly kind: 'prepare'; readonly bytes: Uint8Array; readonly profile: Profile };

export type RunTask = {
  readonly kind: 'run';
  readonly module: CompiledModule;
  readonly job: JobInput;
  readonly hearsOutput: boolean;
  readonly hearsSpent: boolean;
  /** The cell of a `PauseGate`. */
  readonly gate?: Int32Array | undefined;
  /** Absent for a job that exports `run`: what is not sent costs nothing. */
  readonly steps?: StepOrder | undefined;
  /** Stops the job when it has spent so much, and hashes its state. */
  readonly stopFuel?: bigint | undefined;
};

/** What only a job in steps can do. */
export type StepOrder = {
  readonly identity: ModuleIdentity;
  /** Least fuel between two checkpoints; 0 for none. */
  readonly checkpointFuel: bigint;
  /** A snapshot to go on from. */
  readonly resume: Uint8Array | undefined;
  readonly snapshots: SnapshotOrder | undefined;
};

export type SnapshotOrder = {
  readonly milliseconds: number;
  /** 1 while a snapshot is being compressed: until then there is no other. */
  readonly busy: Int32Array;
};

/** What a thread is asked to do; one thing at a time. */
export type Task = PrepareTask | RunTask;

/** What a thread says. The last two end the task. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly line: Uint8Array; readonly spent: Spent }
  | { readonly kind: 'progress'; readonly millionths: number; readonly spent: Spent }
  | { readonly kind: 'output'; readonly bytes: Uint8Array; readonly place: OutputPlace }
  | { readonly kind: 'spent'; readonly spent: Spent }
  | { readonly kind: 'snapshot'; readonly snapshot: RawSnapshot }
  /** The job stands still, or goes on. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | {
      readonly kind: 'done';
      readonly module?: CompiledModule;
      readonly isStepped?: boolean;
      readonly result?: JobResult;
      readonly state?: string;
    }
  | { readonly kind: 'failed'; readonly error: SerializedMillraceError; readonly state?: string };

/** How a task ended. */
export type Ending = Extract<Answer, { kind: 'done' | 'failed' }>;

/** @param transfer what the receiver may have for its own */
export type Say = (answer: Answer, transfer?: ArrayBuffer[]) => void;
