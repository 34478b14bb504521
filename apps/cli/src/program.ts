import { Command as Commander, CommanderError } from 'commander';
import type { AnyCommand, OptionSpec } from './command.ts';
import type { GlobalOptions } from './config/settings.ts';
import { globalOptions, groups } from './program-words.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asked for, checked but not yet run. */
export type Invocation = {
  command: AnyCommand;
  input: { arguments: Record<string, unknown>; options: Record<string, unknown> };
  globals: GlobalOptions;
};

/** Text that was asked for instead of a command: help, or the version. */
export type Reading = { text: string };

/**
 * Reads a command line.
 *
 * @throws {@link UsageError} for an unknown word or option, with the nearest known one in the hint.
 */
export function readCommandLine(
  commands: readonly AnyCommand[],
  argv: readonly string[],
  version: string,
): Invocation | Reading {
  let invocation: Invocation | undefined;
  let printed = '';
  const take = (found: Invocation) => {
    invocation = found;
  };
  const program = buildProgram(commands, version, take);
  program.configureOutput({
    writeOut: (text) => {
      printed += text;
    },
    writeErr: () => {},
    outputError: () => {},
  });
  adopt(program, program);
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: printed.trimEnd() };
    const mistake = usageErrorOf(error, program, argv);
    if (mistake) throw mistake;
  }
  if (invocation) return invocation;
  program.outputHelp();
  return { text: printed.trimEnd() };
}

function buildProgram(
  commands: readonly AnyCommand[],
  version: string,
  take: (found: Invocation) => void,
): Commander {
  const program = new Commander('millrace')
    .description('Lend, borrow and liquidate on Millrace markets; run a chain of your own to try it.')
    .version(version, '-V, --version')
    .showHelpAfterError(false)
    .configureHelp({ showGlobalOptions: true });
  for (const [flags, about] of globalOptions) program.option(flags, about);
  program.addHelpText('after', `\n${groups['']?.after ?? ''}`);
  for (const command of commands) add(program, command, take);
  return program;
}

function add(program: Commander, command: AnyCommand, take: (found: Invocation) => void): void {
  const words = command.path.split(' ');
  const name = words.pop() ?? '';
  let parent = program;
  for (const [i, word] of words.entries()) {
    const known = parent.commands.find((each) => each.name() === word);
    parent = known ?? parent.command(word).description(groups[words.slice(0, i + 1).join(' ')]?.about ?? '');
  }
  const made = parent.command(name, { hidden: command.hidden ?? false }).summary(command.summary);
  made.description(command.details ? `${command.summary}\n\n${command.details}` : command.summary);
  const names = Object.keys(command.arguments ?? {});
  for (const [key, spec] of Object.entries(command.arguments ?? {})) {
    const dots = spec.variadic ? '...' : '';
    made.argument(spec.optional ? `[${kebab(key)}${dots}]` : `<${kebab(key)}${dots}>`, spec.about);
  }
  for (const [key, spec] of Object.entries(command.options ?? {})) addOption(made, key, spec);
  if (command.examples.length > 0) {
    made.addHelpText(
      'after',
      `\nExamples:\n${command.examples.map((each) => `  $ millrace ${each}`).join('\n')}`,
    );
  }
  made.action((...received: unknown[]) => {
    const own = made.opts();
    const options = Object.fromEntries(
      Object.entries(command.options ?? {}).map(([key, spec]) => [key, own[key] ?? emptyOf(spec)]),
    );
    const values = Object.fromEntries(names.map((key, i) => [key, received[i]]));
    take({ command, input: { arguments: values, options }, globals: program.opts() });
  });
}

function addOption(made: Commander, key: string, spec: OptionSpec): void {
  const name = `${spec.kind !== 'list' && spec.short ? `${spec.short}, ` : ''}--${kebab(key)}`;
  if (spec.kind === 'flag') made.option(name, spec.about);
  else if (spec.kind === 'text') made.option(`${name} <${spec.value}>`, spec.about);
  else {
    const gather = (value: string, before: string[] | undefined) => [...(before ?? []), value];
    made.option(`--${kebab(key)} <${spec.value}>`, `${spec.about} (may be repeated)`, gather);
  }
}

function emptyOf(spec: OptionSpec): unknown {
  return { flag: false, text: undefined, list: [] }[spec.kind];
}

/** Every command of the tree throws instead of ending the process. */
function adopt(command: Commander, root: Commander): void {
  command.exitOverride();
  if (command !== root) command.copyInheritedSettings(root);
  for (const child of command.commands) adopt(child, root);
}

function usageErrorOf(
  error: CommanderError,
  program: Commander,
  argv: readonly string[],
): UsageError | undefined {
  const where = deepest(program, argv);
  const help = `\`${['millrace', ...where].join(' ')} --help\` shows what there is.`;
  if (error.code === 'commander.help') {
    if (where.length === 0) return undefined;
    return new UsageError(`\`millrace ${where.join(' ')}\` needs one more word.`, 'MISSING_COMMAND', help);
  }
  const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const nearest = suggestion?.replace(/^\((.*)\)$/, '$1');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}.`;
  return new UsageError(sentence, CODES[error.code] ?? 'BAD_USAGE', nearest ? `${nearest} ${help}` : help);
}

const CODES: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'UNKNOWN_COMMAND',
  'commander.unknownOption': 'UNKNOWN_OPTION',
  'commander.missingArgument': 'MISSING_ARGUMENT',
  'commander.optionMissingArgument': 'MISSING_ARGUMENT',
  'commander.excessArguments': 'TOO_MANY_ARGUMENTS',
};

/** The words of the command line that are known, in order. */
function deepest(program: Commander, argv: readonly string[]): string[] {
  const known: string[] = [];
  let at: Commander | undefined = program;
  for (const word of argv) {
    at = at?.commands.find((each) => each.name() === word);
    if (!at) break;
    known.push(word);
  }
  return known;
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
