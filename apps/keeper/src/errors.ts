import { MillraceError, type MillraceErrorOptions, toMillraceError } from '@millrace/protocol';

type KeeperErrorOptions = Omit<MillraceErrorOptions, 'fault'> & { fault?: MillraceErrorOptions['fault'] };

/** The configuration cannot be used: `CONFIG_MISSING`, `CONFIG_MALFORMED`, `CONFIG_INVALID`, `CONFIG_MISMATCH`. */
export class ConfigError extends MillraceError {
  override readonly name = 'ConfigError';

  constructor(shortMessage: string, options: KeeperErrorOptions) {
    super(shortMessage, { fault: 'user', ...options });
  }
}

/** The signing key cannot be read: `KEY_MISSING`, `KEY_INVALID`, `KEYSTORE_INVALID`, `PASSWORD_WRONG`. */
export class KeyError extends MillraceError {
  override readonly name = 'KeyError';

  constructor(shortMessage: string, options: KeeperErrorOptions) {
    super(shortMessage, { fault: 'user', ...options });
  }
}

/** Something outside did not answer as it should: `PRICE_SOURCE_FAILED`, `WEBHOOK_FAILED`, `METRICS_PORT_TAKEN`. */
export class OutsideError extends MillraceError {
  override readonly name = 'OutsideError';

  constructor(shortMessage: string, options: KeeperErrorOptions) {
    super(shortMessage, { fault: 'network', ...options });
  }
}

/** One sentence for a log: what went wrong and what to do, without stack or secrets. */
export function describeError(error: unknown): string {
  return toMillraceError(error).message;
}
