import { confirm, isCancel, password } from '@clack/prompts';
import { MillraceError } from '@millrace/protocol';
import { Interrupted } from '../interrupted.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks before something is sent.
 *
 * @param canLook whether the command has `--dry-run`
 * @throws {@link MillraceError} `CONFIRMATION_NEEDED` when nobody is there to ask, `NOT_CONFIRMED` on a no.
 */
export async function askToGoOn(terminal: Terminal, question: string, canLook = false): Promise<void> {
  if (!terminal.interactive || terminal.json) {
    throw new MillraceError('This sends transactions, and nobody is here to confirm them.', {
      code: 'CONFIRMATION_NEEDED',
      fault: 'user',
      hint: canLook ? 'Add --yes to send, or --dry-run to see what would happen.' : 'Add --yes to send.',
    });
  }
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new Interrupted();
  if (!answer) {
    throw new MillraceError('Nothing was sent.', { code: 'NOT_CONFIRMED', fault: 'user' });
  }
}

/** Reads a secret without showing it. */
export async function askSecret(message: string): Promise<string> {
  const answer = await password({ message, output: process.stderr });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}
