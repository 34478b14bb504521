import { parseArgs } from 'node:util';
import { REPLAYS, type ReplayName } from '@millrace/devnet/prices';
import { TourError } from './tour-error.ts';

/** What the tour was asked for. */
export type TourOptions = {
  replay: ReplayName;
  /** Run to the end as fast as possible, show nothing. */
  headless: boolean;
  /** Print the outcome as one line of JSON. */
  json: boolean;
  /** Hours of the replay per second. */
  speed: number;
  /** Where the chain answers; `undefined` for any free port. */
  port: number | undefined;
  /** End with the replay instead of staying until Ctrl-C. */
  once: boolean;
  /** Start machines beside the replay, and rent them. */
  machines: boolean;
};

export const USAGE = `Usage: npm start -- [options]

  --replay <month>   the crash to live through: ${REPLAYS.join(', ')}. Default: ${REPLAYS[0]}
  --speed <hours>    hours of the replay per second, 0.1 to 1000. Default: 2
  --port <port>      where the chain answers. Default: 8545; headless: any free one
  --once             end with the replay instead of staying until Ctrl-C
  --no-machines      without machines that are rented beside the replay
  --headless         no view: run to the end as fast as possible, print the outcome
  --json             with --headless: the outcome as one line of JSON
  --help             this text
`;

const DEFAULT_PORT = 8545;
const DEFAULT_SPEED = 2;

/**
 * Reads the command line.
 *
 * @returns `undefined` when only help was asked for
 * @throws {@link TourError} `BAD_ARGUMENT`
 */
export function parseOptions(args: readonly string[]): TourOptions | undefined {
  const values = read(args);
  if (values.help) return undefined;
  const headless = values.headless ?? false;
  if (values.json && !headless) throw bad('--json needs --headless.');
  if (values.speed !== undefined && headless) throw bad('--speed is for the view: --headless has no clock.');
  return {
    replay: replayOf(values.replay ?? REPLAYS[0]),
    headless,
    json: values.json ?? false,
    speed: numberOf('--speed', values.speed, 0.1, 1000) ?? DEFAULT_SPEED,
    port: portOf(values.port) ?? (headless ? undefined : DEFAULT_PORT),
    once: values.once ?? headless,
    machines: !headless && !values['no-machines'],
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        replay: { type: 'string' },
        speed: { type: 'string' },
        port: { type: 'string' },
        once: { type: 'boolean' },
        'no-machines': { type: 'boolean' },
        headless: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw bad(sentence(error instanceof Error ? error.message : String(error)));
  }
}

/** The first sentence of a message, with its full stop. */
function sentence(message: string): string {
  const [first = message] = message.split(/\n|\. /);
  return `${first.replace(/\.$/, '')}.`;
}

function replayOf(text: string): ReplayName {
  const found = REPLAYS.find((name) => name === text);
  if (found !== undefined) return found;
  throw bad(`There is no replay “${text}”.`, `There are ${REPLAYS.join(', ')}.`);
}

function portOf(text: string | undefined): number | undefined {
  const port = numberOf('--port', text, 1, 65_535);
  if (port === undefined || Number.isInteger(port)) return port;
  throw bad(`--port “${text}” is no whole number.`);
}

function numberOf(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw bad(`${name} “${text}” is no number from ${least} to ${most}.`);
}

function bad(what: string, hint = 'See `npm start -- --help`.'): TourError {
  return new TourError(what, { code: 'BAD_ARGUMENT', fault: 'user', hint });
}
