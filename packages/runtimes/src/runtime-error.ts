import { MillraceError, type SerializedMillraceError } from '@millrace/protocol/millrace-error';
import { ERRORS, type RuntimeErrorCode } from './error-words.ts';

/** Facts about one failure: names and values that JSON can carry. */
export type RuntimeErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * Every error of the ONNX and container runtimes, with the codes that the sandbox has for the same ends: `MODULE_*` when
 * nothing ran, `JOB_*` for how a job ended, `HOST_*` when nothing is known about the job.
 *
 * @example
 * ```ts
 * if (error instanceof RuntimeError && error.code === 'MODULE_FEATURE_REFUSED') console.log(error.details?.reason)
 * ```
 */
export class RuntimeError extends MillraceError {
  override readonly name = 'RuntimeError';
  declare readonly code: RuntimeErrorCode;
  declare readonly details: RuntimeErrorDetails | undefined;

  constructor(code: RuntimeErrorCode, shortMessage: string, details?: RuntimeErrorDetails, cause?: unknown) {
    super(shortMessage, { ...ERRORS[code], code, details, cause });
  }

  /** The error that another thread or process has written with `toJSON`. */
  static from(json: SerializedMillraceError): RuntimeError {
    const details = json.details as RuntimeErrorDetails | undefined;
    return new RuntimeError(json.code as RuntimeErrorCode, json.shortMessage, details);
  }
}
