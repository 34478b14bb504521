import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Pace, RoundReport } from './pace.ts';

/**
 * One round for each line on `input`, answered by one line of JSON on `output`: what a replay needs that mines a block
 * after each round and must come to the same figures every time. When `input` ends, so does the keeper.
 *
 * @param stop is called when there will be no more lines
 */
export function stepPace(input: Readable, output: Writable, stop: () => void): Pace {
  const lines = createInterface({ input });
  let waiting = 0;
  let wake = () => {};
  lines.on('line', () => {
    waiting += 1;
    wake();
  });
  lines.on('close', stop);

  const line = async (signal: AbortSignal): Promise<void> => {
    if (waiting === 0 && !signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      signal.addEventListener('abort', wake, { once: true });
      await woken;
      signal.removeEventListener('abort', wake);
    }
    waiting -= 1;
    if (signal.aborted) lines.close();
  };

  return {
    inOrder: true,
    begin: line,
    next: (report, signal) => {
      output.write(`${toLine(report)}\n`);
      return line(signal);
    },
  };
}

function toLine({ good, actions, openIntents }: RoundReport): string {
  const sent = actions.map(({ kind, subject, note }) => ({ kind, subject, ...(note && { note }) }));
  return JSON.stringify({ good, sent, openIntents });
}
