import { amountsAsText } from '../units/amounts-as-text.ts';
import { causesOf } from './causes.ts';

/** Who has to act so that the same call can succeed: the caller, a provider of compute or data, the network in between, or Millrace itself. */
export type Fault = 'user' | 'provider' | 'network' | 'protocol';

/** What is known about a failure. */
export type MillraceErrorOptions = {
  /** Stable, machine-readable name in SCREAMING_SNAKE_CASE. Never changes once released. */
  code: string;
  /** Who has to act. */
  fault: Fault;
  /** Whether the same call may succeed later, unchanged. Default: `false`. */
  retryable?: boolean | undefined;
  /** What the reader can do about it, one sentence. */
  hint?: string | undefined;
  /** Facts about this occurrence, by name. */
  details?: Readonly<Record<string, unknown>> | undefined;
  /** What caused it. */
  cause?: unknown;
};

/** A failure as plain data: safe for `JSON.stringify`, amounts are decimal strings. */
export type SerializedMillraceError = {
  name: string;
  code: string;
  fault: Fault;
  retryable: boolean;
  shortMessage: string;
  hint?: string;
  details?: Record<string, unknown>;
  cause?: SerializedMillraceError | { name: string; message: string };
};

/**
 * Base of every error that Millrace throws: one sentence for people, a stable `code` for programs, whose `fault` it
 * is, and whether trying again can help.
 *
 * @example
 * ```ts
 * const error = new MillraceError('The port is taken.', { code: 'PORT_TAKEN', fault: 'user', hint: 'Choose another.' })
 * error.message // 'The port is taken. Choose another.'
 * ```
 */
export class MillraceError extends Error {
  override readonly name: string = 'MillraceError';
  readonly code: string;
  readonly fault: Fault;
  readonly retryable: boolean;
  readonly shortMessage: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(shortMessage: string, options: MillraceErrorOptions) {
    const message = options.hint === undefined ? shortMessage : `${shortMessage} ${options.hint}`;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.fault = options.fault;
    this.retryable = options.retryable ?? false;
    this.shortMessage = shortMessage;
    this.hint = options.hint;
    this.details = options.details;
  }

  /**
   * The first error of the chain of causes, this one included, that `matches`; without an argument, the last of the
   * chain. `undefined` when none matches.
   */
  walk(matches?: (error: unknown) => boolean): unknown {
    let last: unknown;
    for (const error of causesOf(this)) {
      if (matches?.(error)) return error;
      last = error;
    }
    return matches ? undefined : last;
  }

  /** The error as plain data, causes included, without stack traces. */
  toJSON(): SerializedMillraceError {
    const json: SerializedMillraceError = {
      name: this.name,
      code: this.code,
      fault: this.fault,
      retryable: this.retryable,
      shortMessage: this.shortMessage,
    };
    if (this.hint !== undefined) json.hint = this.hint;
    if (this.details !== undefined) json.details = plain(this.details) as Record<string, unknown>;
    if (this.cause instanceof MillraceError) json.cause = this.cause.toJSON();
    else if (this.cause !== undefined) json.cause = described(this.cause);
    return json;
  }
}

/** Wallets and nodes throw plain objects as well. */
function described(cause: unknown): { name: string; message: string } {
  if (typeof cause !== 'object' || cause === null) return { name: typeof cause, message: String(cause) };
  const { name = 'object', message = '' } = cause as Record<string, unknown>;
  return { name: String(name), message: String(message) };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, amountsAsText));
}
