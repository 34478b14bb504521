import type { TourOptions } from './options.ts';
import { printOutcome, printViolation } from './replay/print-outcome.ts';
import { runHeadless } from './replay/run-headless.ts';
import type { Moment } from './replay/run-replay.ts';
import { toJson } from './replay/to-json.ts';

/** Runs one replay without a view and prints its outcome. @returns the exit code: 1 when an invariant did not hold */
export async function headless({ replay, port, json }: TourOptions, signal: AbortSignal): Promise<number> {
  const bar = progressOn(process.stderr);
  const outcome = await runHeadless(replay, port, {
    says: bar.says,
    sees: (moment) => {
      signal.throwIfAborted();
      bar.sees(moment);
    },
  });
  bar.clear();
  process.stdout.write(`${json ? toJson(outcome) : printOutcome(outcome)}\n`);
  if (outcome.violation === undefined) return 0;
  process.stderr.write(`${printViolation(outcome.violation)}\n`);
  return 1;
}

/** One line that is written over and over, on a terminal only. */
function progressOn(stream: NodeJS.WriteStream) {
  const write = (text: string) => {
    if (stream.isTTY) stream.write(`\r\u001b[K${text}`);
  };
  return {
    says: (what: string) => write(`Setting up: ${what} …`),
    sees: ({ step, snapshot, tally }: Moment) => {
      const when = new Date(Number(snapshot.time) * 1000).toISOString().slice(0, 16).replace('T', ' ');
      write(`${when}  price ${step}  ${tally.liquidations} liquidations`);
    },
    clear: () => write(''),
  };
}
