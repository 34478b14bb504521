import { MillraceError, type SerializedMillraceError } from '@millrace/protocol/millrace-error';
import { ERRORS, type SandboxErrorCode } from './error-words.ts';

/** Facts about one failure: names and numbers that JSON can carry. */
export type SandboxErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * Every error of the sandbox. `MODULE_*` is a refusal of the gate: the module never ran. `JOB_*` is how a job ended: the
 * same on every machine, but for `JOB_TIME_LIMIT` and `JOB_STOPPED`. `HOST_*` says nothing about the job: run it again,
 * here or elsewhere.
 *
 * @example
 * ```ts
 * try {
 *   await sandbox.run(job)
 * } catch (error) {
 *   if (error instanceof SandboxError && error.code === 'JOB_OUT_OF_FUEL') console.log(error.details?.fuel)
 * }
 * ```
 */
export class SandboxError extends MillraceError {
  override readonly name = 'SandboxError';
  declare readonly code: SandboxErrorCode;
  declare readonly details: SandboxErrorDetails | undefined;

  constructor(code: SandboxErrorCode, shortMessage: string, details?: SandboxErrorDetails, cause?: unknown) {
    super(shortMessage, { ...ERRORS[code], code, details, cause });
  }

  /** The error that another thread has written with `toJSON`. */
  static from(json: SerializedMillraceError): SandboxError {
    return new SandboxError(
      json.code as SandboxErrorCode,
      json.shortMessage,
      json.details as SandboxErrorDetails | undefined,
    );
  }
}
