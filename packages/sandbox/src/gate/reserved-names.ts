/** Exports of an instrumented module that are the host's begin so. */
export const RESERVED_PREFIX = 'millrace:';

/** What the host reads and writes in an instance; no code of the job can name these. */
export const RESERVED = {
  /** `i64`, mutable: what is left. Below zero: it ran out. */
  fuel: 'millrace:fuel',
  /** `i32`, mutable: words that open calls take. Above the policy's: the stack overflowed. */
  stack: 'millrace:stack',
  /** `i64`, mutable: pages that memory may grow to; beyond, the job ends. */
  memoryLimit: 'millrace:memory-limit',
  /** `i32`, mutable: why memory did not grow. */
  memoryFailure: 'millrace:memory-failure',
  /** The start function of the module, if it has one: called before `run`. */
  start: 'millrace:start',
  /** Followed by an index: mutable integers among the globals of the job, part of its state. */
  global: 'millrace:global-',
  /** Followed by an index and a lane, `() → i64`: the bits of other mutable globals, which the engine's cells would change. */
  read: 'millrace:read-',
  /** Followed by the same, `(i64) → ()`. */
  write: 'millrace:write-',
} as const;

/** Values of `millrace:memory-failure`. */
export const MEMORY_FAILURE = { none: 0, limit: 1, host: 2 } as const;
