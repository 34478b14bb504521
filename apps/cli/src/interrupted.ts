import { MillraceError } from '@millrace/protocol';

/** Ctrl-C, in a prompt or while something ran. */
export class Interrupted extends MillraceError {
  override readonly name = 'Interrupted';

  constructor() {
    super('Stopped.', { code: 'INTERRUPTED', fault: 'user' });
  }
}
