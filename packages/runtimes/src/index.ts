export { type OutputPlace, PauseGate, type Spent } from '@millrace/sandbox';
export { type ContainerOptions, createContainerRuntime } from './container/container-runtime.ts';
export { createOnnxRuntime, DETERMINISTIC_ENGINE, type OnnxOptions } from './onnx/onnx-runtime.ts';
export type { Availability, JobRuntime } from './runtime.ts';
export { RuntimeError, type RuntimeErrorDetails } from './runtime-error.ts';
export type {
  RuntimeListener,
  RuntimeResult,
  RuntimeTask,
  Snapshot,
} from './task.ts';
export { createWasmRuntime, type WasmOptions } from './wasm/wasm-runtime.ts';
