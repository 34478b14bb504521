export { PauseGate } from '@millrace/sandbox';
export type { Availability, JobRuntime } from './runtime.ts';
export type {
  OutputPlace,
  RuntimeListener,
  RuntimeResult,
  RuntimeTask,
  Snapshot,
  Spent,
} from './task.ts';
