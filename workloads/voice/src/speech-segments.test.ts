import fc from 'fast-check';
import { expect, it } from 'vitest';
import { speechSegments } from './speech-segments.ts';

/** Ten frames a second; a letter for each: silence, perhaps, speech. */
function segments(text: string): string[] {
  const values = { '.': 0.1, '?': 0.4, '#': 0.9 };
  const probabilities = [...text].map((letter) => values[letter as '.']);
  return speechSegments(probabilities, 10, { pause: 0.2, shortest: 0.3 }).map(
    ({ start, end }) => `${start}-${end}`,
  );
}

it.each([
  ['', []],
  ['......', []],
  ['..####..', ['0.2-0.6']],
  ['####', ['0-0.4']],
  // A short pause is part of speech, a longer one is not.
  ['###.###...', ['0-0.7']],
  ['###..###..', ['0-0.3', '0.5-0.8']],
  // Doubt does not begin it, and goes on with it.
  ['???###??..', ['0.3-0.8']],
  ['.????.', []],
  // A click.
  ['.##..###..', ['0.5-0.8']],
])('%s', (text, expected) => {
  expect(segments(text)).toEqual(expected);
});

it('gives stretches in order, apart, and none too short', () => {
  const probability = fc.float({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(probability, { maxLength: 200 }), (probabilities) => {
      const found = speechSegments(probabilities, 31.25);
      let last = 0;
      for (const { start, end } of found) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end - start).toBeGreaterThanOrEqual(0.25);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(probabilities.length / 31.25);
    }),
  );
});
