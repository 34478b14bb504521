/** What a job may use. Reaching a limit ends it. */
export type JobLimits = {
  /** Units of work; about one for each instruction. */
  readonly fuel: bigint;
  /** Pages of 64 KiB. */
  readonly memoryPages: number;
  /** Bytes of the result. */
  readonly outputBytes: number;
  /** Bytes of log; what comes after is dropped, which the job cannot notice. */
  readonly logBytes: number;
};

/** Used where a job does not say otherwise. */
export const JOB_LIMITS: JobLimits = {
  fuel: 10_000_000_000n,
  memoryPages: 1_024,
  outputBytes: 16 * 1024 * 1024,
  logBytes: 1024 * 1024,
};

/** What a job is a function of, with its module. */
export type JobInput = {
  readonly input: Uint8Array;
  /** 32 bytes: the key of `random`. */
  readonly seed: Uint8Array;
  readonly limits: JobLimits;
};

/** What became of a job that returned. */
export type JobResult = {
  readonly output: Uint8Array;
  /** Spent. */
  readonly fuel: bigint;
  /** Pages of 64 KiB at the end, which is the most it had. */
  readonly memoryPages: number;
  /** Its states on the way, ascending, at steps that the job itself decides; none of a job that exports `run`. */
  readonly checkpoints: readonly StateAt[];
};

/** The state of a job at one moment. */
export type StateAt = {
  /** Spent by then. */
  readonly fuel: bigint;
  /** SHA-256, hexadecimal. */
  readonly state: string;
};

/** What a job has used up to now. */
export type Spent = {
  /** Units of work. */
  readonly fuel: bigint;
};

/** Where in the result a piece of it stands. */
export type OutputPlace = Spent & {
  /** Bytes of the result before this piece. */
  readonly offset: number;
};

/** A job between two steps, from which it goes on elsewhere. */
export type JobSnapshot = StateAt & {
  /** For `resume`. */
  readonly bytes: Uint8Array;
};

/** Hears what a job says while it runs. */
export type JobListener = {
  readonly onLog?: ((line: Uint8Array, spent: Spent) => void) | undefined;
  /** @param millionths done, 0 to 1,000,000 */
  readonly onProgress?: ((millionths: number, spent: Spent) => void) | undefined;
  /**
   * The result as it grows. What is written within 50 ms comes in one piece, at the latest with the next call to the host,
   * between two steps or at the end. The pieces make the whole result, also of a job that fails.
   */
  readonly onOutput?: ((bytes: Uint8Array, place: OutputPlace) => void) | undefined;
  /** Every 50 ms at most, at a call to the host or between two steps: so also of a job that says nothing. */
  readonly onSpent?: ((spent: Spent) => void) | undefined;
};
