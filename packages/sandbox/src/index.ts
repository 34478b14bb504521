export type { SandboxErrorCode } from './error-words.ts';
export type { Profile } from './gate/policy.ts';
export { PauseGate } from './pause/pause-gate.ts';
export type { Job, PreparedModule } from './pool/job.ts';
export type { Checkpoint, SandboxOptions } from './pool/sandbox.ts';
export { openSandbox, Sandbox } from './pool/sandbox.ts';
export type {
  JobLimits,
  JobListener,
  JobResult,
  JobSnapshot,
  OutputPlace,
  Spent,
  StateAt,
} from './run/job.ts';
export { JOB_LIMITS } from './run/job.ts';
export type { SandboxErrorDetails } from './sandbox-error.ts';
export { SandboxError } from './sandbox-error.ts';
export { CHECKPOINT_FUEL } from './snapshot/checkpoints.ts';
export { fuelOfSnapshot } from './snapshot/snapshot-head.ts';
