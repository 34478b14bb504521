import { MillraceError, type MillraceErrorOptions } from '@millrace/protocol';

/** This machine cannot be measured: `HARDWARE_WRONG`, `HARDWARE_OPTIONS_INVALID`. */
export class HardwareError extends MillraceError {
  override readonly name = 'HardwareError';

  constructor(shortMessage: string, options: Omit<MillraceErrorOptions, 'fault'>) {
    super(shortMessage, { fault: 'user', ...options });
  }
}
