import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RoundReport } from './pace.ts';
import { stepPace } from './step-pace.ts';

const NOTHING: RoundReport = { good: true, actions: [], openIntents: 0 };

function create() {
  const [input, output, stopping] = [new PassThrough(), new PassThrough(), new AbortController()];
  const pace = stepPace(input, output, () => stopping.abort());
  return { input, pace, signal: stopping.signal, said: () => String(output.read() ?? '') };
}

/** Whether a promise is still waiting after everything that was due has run. */
async function waits(promise: Promise<void>): Promise<boolean> {
  let done = false;
  promise.then(() => {
    done = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  return !done;
}

describe('stepPace', () => {
  it('begins with the first line, not before', async () => {
    const { input, pace, signal } = create();
    const begun = pace.begin(signal);
    expect(await waits(begun)).toBe(true);
    input.write('\n');
    await begun;
  });

  it('answers each round with one line, then waits for the next', async () => {
    const { input, pace, signal, said } = create();
    input.write('\n\n');
    await pace.begin(signal);
    await pace.next({ ...NOTHING, openIntents: 3 }, signal);
    expect(said()).toBe('{"good":true,"sent":[],"openIntents":3}\n');
    expect(await waits(pace.next(NOTHING, signal))).toBe(true);
  });

  it('stops when there will be no more lines', async () => {
    const { input, pace, signal } = create();
    const begun = pace.begin(signal);
    input.end();
    await begun;
    expect(signal.aborted).toBe(true);
  });
});
