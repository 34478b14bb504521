import type { MillraceError } from '@millrace/protocol';
import { exitCodeOf } from '../exit-code.ts';
import { renderJson } from './json.ts';
import type { Terminal } from './terminal.ts';

/**
 * Says on stderr what went wrong, by name, and what to do about it.
 *
 * @param sent hashes of what had been sent by then
 */
export function printError(terminal: Terminal, error: MillraceError, sent: readonly string[] = []): void {
  if (terminal.json) {
    terminal.error(renderJson({ error: { ...error.toJSON(), exitCode: exitCodeOf(error), sent } }));
    return;
  }
  const { red, bold, dim } = terminal.noteColors;
  terminal.error(`${red('✗')} ${bold(error.shortMessage)} ${dim(`[${error.code}]`)}`);
  for (const hash of sent) terminal.error(`  Sent before, and may be mined: ${hash}`);
  if (error.hint) terminal.error(`  ${error.hint.replaceAll('\n', '\n  ')}`);
}
