import type { Session } from './session.ts';

/** A word of a command line that has a place instead of a name. */
export type ArgumentSpec = { about: string; optional?: boolean; variadic?: boolean };

/** A switch, a value, or a value that may be given several times. */
export type OptionSpec =
  | { kind: 'flag'; about: string; short?: string }
  | { kind: 'text'; value: string; about: string; short?: string }
  | { kind: 'list'; value: string; about: string };

type ArgumentValue<A extends ArgumentSpec> = A extends { variadic: true }
  ? readonly string[]
  : A extends { optional: true }
    ? string | undefined
    : string;

type OptionValue<O extends OptionSpec> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'list' }
    ? readonly string[]
    : string | undefined;

/** What a command says: one value, as data for programs and as text for people. */
export type Outcome = {
  /** Printed as one JSON document with `--json`. Bigints become decimal strings. */
  data: unknown;
  /** Printed without `--json`. */
  text: string;
  /** When something was found that a script should notice. Default: 0. */
  exitCode?: number;
};

/** One verb of the CLI, as data: what it takes, what it explains, what it does. */
export type Command<
  A extends Record<string, ArgumentSpec> = Record<string, ArgumentSpec>,
  O extends Record<string, OptionSpec> = Record<string, OptionSpec>,
> = {
  /** The words that call it, such as `lend supply`. */
  path: string;
  summary: string;
  /** Shown in its help, below the summary. */
  details?: string;
  arguments?: A;
  options?: O;
  /** Shown in its help, without `millrace` in front. */
  examples: readonly string[];
  hidden?: boolean;
  /** It watches `session.signal` and ends by itself on Ctrl-C, which is then no failure. */
  endsOnInterrupt?: boolean;
  run: (
    session: Session,
    input: {
      arguments: { [K in keyof A]: ArgumentValue<A[K]> };
      options: { [K in keyof O]: OptionValue<O[K]> };
    },
  ) => Promise<Outcome | undefined>;
};

/** A command whose kinds of arguments and options are forgotten, so that different ones fit in one list. */
export type AnyCommand = Omit<Command, 'run'> & {
  run: (
    session: Session,
    input: { arguments: Record<string, unknown>; options: Record<string, unknown> },
  ) => Promise<Outcome | undefined>;
};

/** Checks a command's types against what its `run` reads, and returns it for the tree. */
export function defineCommand<
  const A extends Record<string, ArgumentSpec>,
  const O extends Record<string, OptionSpec>,
>(command: Command<A, O>): AnyCommand {
  return command as unknown as AnyCommand;
}
