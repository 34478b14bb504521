/** Who has to act so that the same call can succeed: the caller, or the server and the line to it. */
export type ParallelFault = 'user' | 'network';

/** What went wrong, as a name that never changes once released. */
export type ParallelErrorCode =
  | 'BAD_URL'
  | 'RPC_UNREACHABLE'
  | 'RPC_TIMEOUT'
  | 'RPC_HTTP_STATUS'
  | 'RPC_MALFORMED'
  | 'RPC_REFUSED'
  | 'RPC_METHOD_MISSING'
  | 'TRACE_INCONSISTENT'
  | 'BLOCK_NOT_FOUND'
  | 'TRANSACTION_NOT_FOUND'
  | 'NO_SOURCE'
  | 'BAD_LAYOUT'
  | 'BAD_BUDGET'
  | 'BAD_BLOCK_RANGE'
  | 'UNKNOWN_RULE'
  | 'UNKNOWN_VARIABLE'
  | 'SCENARIO_FAILED'
  | 'INTERRUPTED';

export type ParallelErrorOptions = {
  code: ParallelErrorCode;
  fault: ParallelFault;
  /** Whether the same call may succeed later, unchanged. Default: `false`. */
  retryable?: boolean;
  /** What the reader can do about it, one sentence. */
  hint?: string;
  /** Facts about this occurrence, by name. */
  details?: Readonly<Record<string, string | number | boolean>>;
  cause?: unknown;
};

/**
 * Every error that this package throws: a sentence for people, a stable `code` for programs.
 *
 * @example
 * ```ts
 * try {
 *   await analyzeBlock(source, 'latest')
 * } catch (error) {
 *   if (error instanceof ParallelError && error.code === 'RPC_METHOD_MISSING') console.log(error.hint)
 * }
 * ```
 */
export class ParallelError extends Error {
  override readonly name = 'ParallelError';
  readonly code: ParallelErrorCode;
  readonly fault: ParallelFault;
  readonly retryable: boolean;
  readonly shortMessage: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean>> | undefined;

  constructor(shortMessage: string, options: ParallelErrorOptions) {
    const message = options.hint === undefined ? shortMessage : `${shortMessage} ${options.hint}`;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.fault = options.fault;
    this.retryable = options.retryable ?? false;
    this.shortMessage = shortMessage;
    this.hint = options.hint;
    this.details = options.details;
  }

  /** The error as plain data, without a stack trace. */
  toJSON() {
    const { name, code, fault, retryable, shortMessage, hint, details } = this;
    return { name, code, fault, retryable, shortMessage, ...(hint && { hint }), ...(details && { details }) };
  }
}
