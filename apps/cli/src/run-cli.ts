import { readFileSync } from 'node:fs';
import { MillraceError } from '@millrace/protocol';
import { commands } from './commands.ts';
import { resolveSettings } from './config/settings.ts';
import { exitCodeOf } from './exit-code.ts';
import { Interrupted } from './interrupted.ts';
import { type Invocation, readCommandLine } from './program.ts';
import { openLines } from './terminal/lines.ts';
import { printError } from './terminal/print-error.ts';
import { Terminal } from './terminal/terminal.ts';

/** Runs one command line. Returns what the process should end with; never throws. */
export async function runCli(argv: readonly string[]): Promise<number> {
  // A reader that goes away (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const terminal = new Terminal(process, process.env, argv.includes('--json'));
  try {
    const found = readCommandLine(commands, argv, ownVersion());
    if ('text' in found) {
      process.stdout.write(`${found.text}\n`);
      return 0;
    }
    return await run(found, terminal);
  } catch (error) {
    const known = error instanceof MillraceError ? error : unexpected(error);
    printError(terminal, known);
    return exitCodeOf(known);
  }
}

async function run({ command, input, globals }: Invocation, terminal: Terminal): Promise<number> {
  const settings = resolveSettings(globals, process.env, process.cwd());
  const controller = new AbortController();
  const lines = openLines(process.stdin);
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => {
      // The second Ctrl-C does not ask again.
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
      if (!command.endsOnInterrupt) reject(new Interrupted());
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  const session = {
    terminal,
    settings,
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
    readLine: lines.next,
  };
  try {
    const outcome = await Promise.race([command.run(session, input), interrupted]);
    if (outcome) terminal.print(outcome);
    return outcome?.exitCode ?? 0;
  } finally {
    lines.close();
  }
}

function unexpected(error: unknown): MillraceError {
  const message = error instanceof Error ? error.message : String(error);
  return new MillraceError(`Something in Millrace is broken: ${message}`, {
    code: 'UNEXPECTED',
    fault: 'protocol',
    hint: 'This is a bug. Please report it with the command you ran.',
    cause: error,
  });
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
