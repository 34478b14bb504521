import { MillraceError, type MillraceErrorOptions, toMillraceError } from '@millrace/protocol';

type NodeErrorOptions = Omit<MillraceErrorOptions, 'fault'> & { fault?: MillraceErrorOptions['fault'] };

/** The configuration cannot be used: `CONFIG_MISSING`, `CONFIG_MALFORMED`, `CONFIG_INVALID`, `CONFIG_MISMATCH`, `USAGE`. */
export class ConfigError extends MillraceError {
  override readonly name = 'ConfigError';

  constructor(shortMessage: string, options: NodeErrorOptions) {
    super(shortMessage, { fault: 'user', ...options });
  }
}

/** The node cannot work here: `KEY_MISSING`, `KEY_INVALID`, `PORT_TAKEN`, `SESSION_INVALID`. */
export class NodeError extends MillraceError {
  override readonly name = 'NodeError';

  constructor(shortMessage: string, options: NodeErrorOptions) {
    super(shortMessage, { fault: 'user', ...options });
  }
}

/** One sentence for a log: what went wrong and what to do, without stack or secrets. */
export function describeError(error: unknown): string {
  return toMillraceError(error).message;
}
