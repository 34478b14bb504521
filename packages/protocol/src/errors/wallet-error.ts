import { MillraceError, type MillraceErrorOptions } from './millrace-error.ts';

/** The wallet, or whoever holds it, did not sign or send. */
export class WalletError extends MillraceError {
  override readonly name = 'WalletError';

  constructor(shortMessage: string, options: Omit<MillraceErrorOptions, 'fault'>) {
    super(shortMessage, { ...options, fault: 'user' });
  }
}
