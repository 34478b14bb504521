import type { ParallelError } from '@millrace/parallel';
import { MillraceError } from '@millrace/protocol';

/** The same failure in the words of the CLI. */
export function asMillraceError(error: ParallelError): MillraceError {
  const { shortMessage, code, fault, retryable, hint, details } = error;
  return new MillraceError(shortMessage, { code, fault, retryable, hint, details, cause: error.cause });
}
