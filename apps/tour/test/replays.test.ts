import { readFileSync } from 'node:fs';
import { REPLAYS } from '@millrace/devnet/prices';
import { describe, expect, it } from 'vitest';
import { startTour } from './tour-process.ts';

/** One line for each replay, as the command prints it: see docs/lend/crash-replays.md for how to write it again. */
const EXPECTED = readFileSync(new URL('./expected.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const PATIENCE_MILLISECONDS = 900_000;

describe('a crash, lived through to its end by the whole product', () => {
  it.concurrent.each([...REPLAYS])(
    '%s: all invariants hold after every block, and the figures are the same every time',
    async (replay) => {
      const tour = startTour('--replay', replay, '--headless', '--json');
      const code = await tour.ended;
      expect(tour.stderr()).toBe('');
      expect(code).toBe(0);
      const [line, ...rest] = tour.stdout().trimEnd().split('\n');
      expect(rest).toEqual([]);
      expect(JSON.parse(line ?? '')).toMatchObject({ replay, invariantsHeld: true });
      expect(line).toBe(EXPECTED.find((each) => each.includes(`"${replay}"`)));
    },
    PATIENCE_MILLISECONDS,
  );
});
