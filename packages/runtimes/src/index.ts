export { type OutputPlace, PauseGate, type Spent } from '@millrace/sandbox';
export type { Availability, JobRuntime } from './runtime.ts';
export type {
  RuntimeListener,
  RuntimeResult,
  RuntimeTask,
  Snapshot,
} from './task.ts';
export { createWasmRuntime, type WasmOptions } from './wasm/wasm-runtime.ts';
