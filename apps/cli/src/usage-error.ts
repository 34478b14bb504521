import { MillraceError } from '@millrace/protocol';

/** The command line itself is wrong: an unknown word, a missing argument, two options that exclude each other. */
export class UsageError extends MillraceError {
  override readonly name = 'UsageError';

  constructor(
    shortMessage: string,
    code: string,
    hint?: string,
    details?: Readonly<Record<string, unknown>>,
  ) {
    super(shortMessage, { code, fault: 'user', hint, details });
  }
}
