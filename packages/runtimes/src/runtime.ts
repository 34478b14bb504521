import type { Runtime, Tier } from '@millrace/protocol/compute';
import type { RuntimeResult, RuntimeTask } from './task.ts';

/** Whether a runtime can work on this machine, and why not. */
export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

/** What runs the jobs of one kind. */
export interface JobRuntime {
  readonly runtime: Runtime;
  /** What it can promise about results. */
  readonly tiers: readonly Tier[];
  /** Whether some of its jobs make snapshots, and go on from them elsewhere. */
  readonly canResume: boolean;

  /** Asks the machine, each time. Never throws. */
  availability(): Promise<Availability>;

  /**
   * Ends what an earlier process has left behind, where jobs outlive the process that runs them. Before the first job.
   *
   * @returns how much there was
   * @throws {@link MillraceError} `HOST_ENGINE`
   */
  removeLeft?(): Promise<number>;

  /**
   * Runs a job to its end.
   *
   * @throws {@link MillraceError} whose `code` is the outcome on the receipt: `MODULE_*` when it never ran, `JOB_*` when it
   * ended without a result; `HOST_*`, which is retryable, when nothing is known about the job and it has to run again;
   * `SNAPSHOT_*` when it cannot go on from there
   */
  run(task: RuntimeTask): Promise<RuntimeResult>;

  /** Ends what still runs. */
  close(): Promise<void>;
}
