import { MillraceError, type MillraceErrorOptions } from './millrace-error.ts';

/** The node could not be reached, did not answer in time, or answered something else than it was asked. */
export class NetworkError extends MillraceError {
  override readonly name = 'NetworkError';

  constructor(shortMessage: string, options: Omit<MillraceErrorOptions, 'fault'>) {
    super(shortMessage, { ...options, fault: 'network' });
  }
}
