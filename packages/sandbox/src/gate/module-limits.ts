import { refuseSize } from './refuse.ts';

/** How large a module may be. Compilers stay far below; engines slow down above. */
export type ModuleLimits = {
  readonly bytes: number;
  readonly types: number;
  readonly functions: number;
  readonly 'bytes in a function': number;
  readonly 'parameters of a function': number;
  readonly 'results of a function': number;
  readonly 'locals in a function': number;
  readonly 'values on the stack': number;
  readonly 'nested blocks': number;
  readonly 'targets of a branch': number;
  readonly 'bytes in a name': number;
  readonly globals: number;
  readonly exports: number;
  readonly tables: number;
  readonly 'table elements': number;
  readonly 'element segments': number;
  readonly 'data segments': number;
  /** Pages of 64 KiB that a module may declare as the maximum of its memory. */
  readonly 'memory pages': number;
};

export const MODULE_LIMITS: ModuleLimits = {
  bytes: 16 * 1024 * 1024,
  types: 10_000,
  functions: 20_000,
  'bytes in a function': 512 * 1024,
  'parameters of a function': 500,
  'results of a function': 500,
  'locals in a function': 2_000,
  'values on the stack': 2_000,
  'nested blocks': 1_000,
  'targets of a branch': 10_000,
  'bytes in a name': 10_000,
  globals: 10_000,
  exports: 10_000,
  tables: 16,
  'table elements': 100_000,
  'element segments': 10_000,
  'data segments': 10_000,
  'memory pages': 16_384,
};

/** @throws SandboxError `MODULE_TOO_LARGE` when `actual` is above the limit. */
export function checkSize(limits: ModuleLimits, what: keyof ModuleLimits, actual: number): void {
  if (actual > limits[what]) throw refuseSize(what, actual, limits[what]);
}
