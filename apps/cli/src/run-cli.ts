import { readFileSync } from 'node:fs';
import { ParallelError } from '@millrace/parallel';
import { toMillraceError } from '@millrace/protocol';
import { commands } from './commands.ts';
import { resolveSettings } from './config/settings.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Host } from './host.ts';
import { Interrupted } from './interrupted.ts';
import { asMillraceError } from './parallel/as-millrace-error.ts';
import { type Invocation, readCommandLine } from './program.ts';
import { openLines } from './terminal/lines.ts';
import { printError } from './terminal/print-error.ts';
import { Terminal } from './terminal/terminal.ts';

/** Runs one command line. Returns what the process should end with; never throws. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  const terminal = new Terminal(host, host.env, argv.includes('--json'));
  const sent: string[] = [];
  try {
    const found = readCommandLine(commands, argv, ownVersion());
    if ('text' in found) {
      host.stdout.write(`${found.text}\n`);
      return 0;
    }
    return await run(found, terminal, host, sent);
  } catch (error) {
    const known = error instanceof ParallelError ? asMillraceError(error) : toMillraceError(error);
    printError(terminal, known, sent);
    return exitCodeOf(known);
  }
}

async function run(
  { command, input, globals }: Invocation,
  terminal: Terminal,
  host: Host,
  sent: string[],
): Promise<number> {
  const settings = resolveSettings(globals, host.env, host.cwd);
  const lines = openLines(host.stdin);
  const { signal } = host;
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => {
      if (!command.endsOnInterrupt) reject(new Interrupted());
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  const session = { terminal, settings, env: host.env, cwd: host.cwd, signal, sent, readLine: lines.next };
  try {
    const outcome = await Promise.race([command.run(session, input), interrupted]);
    if (outcome) terminal.print(outcome);
    return outcome?.exitCode ?? 0;
  } finally {
    lines.close();
  }
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
