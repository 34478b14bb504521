import { MillraceError, type MillraceErrorOptions } from './millrace-error.ts';

/** A transaction that the chain did not take, or has not mined yet. */
export class TransactionError extends MillraceError {
  override readonly name = 'TransactionError';

  constructor(
    shortMessage: string,
    options: Omit<MillraceErrorOptions, 'fault'> & { fault?: 'user' | 'network' },
  ) {
    super(shortMessage, { ...options, fault: options.fault ?? 'user' });
  }
}
