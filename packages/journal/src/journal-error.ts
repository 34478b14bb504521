import { MillraceError, type MillraceErrorOptions } from '@millrace/protocol/millrace-error';

/**
 * `JOURNAL_FAILED`: it cannot be read or written. `JOURNAL_CORRUPT`: it is damaged where no crash damages it.
 * `JOURNAL_LOCKED`: another process writes it. `JOURNAL_RECORD`: a record is not JSON; nothing was written.
 * `JOURNAL_ELSEWHERE`: it is whole, but of another chain or account; thrown by those who know what is in it.
 */
export type JournalErrorCode =
  | 'JOURNAL_CORRUPT'
  | 'JOURNAL_ELSEWHERE'
  | 'JOURNAL_FAILED'
  | 'JOURNAL_LOCKED'
  | 'JOURNAL_RECORD';

type JournalErrorOptions = Omit<MillraceErrorOptions, 'fault' | 'code'> & {
  code: JournalErrorCode;
  fault?: MillraceErrorOptions['fault'];
};

/** A journal cannot be used. What to do about it is up to people: the fault is the user's unless said otherwise. */
export class JournalError extends MillraceError {
  override readonly name = 'JournalError';
  declare readonly code: JournalErrorCode;

  constructor(shortMessage: string, options: JournalErrorOptions) {
    super(shortMessage, { fault: 'user', ...options });
  }
}

/** What people are told to do, by code, where a program knows better than this package. */
export type JournalHints = { readonly [code in JournalErrorCode]?: string };
