import type { JobLimits } from '../run/job.ts';
import type { StandingJob } from '../run/run-job.ts';
import { Checkpoints } from '../snapshot/checkpoints.ts';
import { digestJob } from '../snapshot/job-digest.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { restoreJob } from '../snapshot/restore-job.ts';
import type { RunTask, Say, StepOrder } from './messages.ts';
import { StepWatch } from './step-watch.ts';

/** Who takes part in a job in steps. */
export type FollowedSteps = {
  readonly checkpoints: Checkpoints | undefined;
  readonly watch: StepWatch | undefined;
  /** Brings a fresh instance to where the snapshot was taken. @returns fuel spent there */
  readonly restore: ((fresh: StandingJob, limits: JobLimits) => bigint) | undefined;
};

export function followSteps(order: StepOrder, { job, gate }: RunTask, say: Say): FollowedSteps {
  const { identity, checkpointFuel, resume, snapshots } = order;
  const checkpoints = new Checkpoints(checkpointFuel, job.limits.fuel);
  let digest: Buffer | undefined;
  // Hashes the input: only for who needs it, and once.
  const jobDigest = () => {
    digest ??= digestJob(identity, job, checkpointFuel);
    return digest;
  };
  return {
    checkpoints,
    watch: snapshots && new StepWatch({ jobDigest, checkpoints, gate, say, order: snapshots }),
    restore:
      resume &&
      ((fresh, limits) => {
        const { head, body } = readSnapshot(resume, jobDigest(), job.limits);
        checkpoints.restore(restoreJob(fresh, head, body, limits));
        return head.fuel;
      }),
  };
}
