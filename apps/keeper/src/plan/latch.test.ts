import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_LATCH, readAbove, readBelow, readWhether, stepLatch } from './latch.ts';

const THRESHOLD = 1_500n;
const HYSTERESIS = 200n;
const REARM = 1_530n;

/** How often a latch fires over a series of values. */
function alertsOver(values: bigint[]): number {
  let latch = NEW_LATCH;
  let alerts = 0;
  for (const value of values) {
    const step = stepLatch(latch, readBelow(value, THRESHOLD, HYSTERESIS));
    latch = step.latch;
    if (step.fired) alerts++;
  }
  expect(latch.crossings).toBe(alerts);
  return alerts;
}

const series = fc.array(fc.bigInt({ min: 1_400n, max: 1_600n }), { maxLength: 60 });

describe('stepLatch', () => {
  it('alerts once per crossing: between two alerts there was a full recovery', () => {
    fc.assert(
      fc.property(series, (values) => {
        // Said without a latch: a crossing is a value below after the start or after a value at the re-arming line.
        const marks = values.filter((value) => value < THRESHOLD || value >= REARM);
        const crossings = marks.filter(
          (value, k) => value < THRESHOLD && (k === 0 || (marks[k - 1] ?? 0n) >= REARM),
        );
        expect(alertsOver(values)).toBe(crossings.length);
      }),
    );
  });

  it('is deaf to chatter around the threshold', () => {
    const chatter = fc.array(fc.bigInt({ min: 1_400n, max: REARM - 1n }), { maxLength: 60 });
    fc.assert(
      fc.property(chatter, (values) => {
        expect(alertsOver([1_600n, 1_499n, ...values])).toBe(1);
      }),
    );
  });

  it('says the same after a restart at any point, and after a value was read twice', () => {
    fc.assert(
      fc.property(series, fc.nat(), (values, at) => {
        const cut = values.length === 0 ? 0 : at % values.length;
        const repeated = values.flatMap((value, k) => (k === cut ? [value, value] : [value]));
        expect(alertsOver(repeated)).toBe(alertsOver(values));
      }),
    );
  });
});

describe('readings', () => {
  it('leave a band between tripped and clear', () => {
    expect(readBelow(1_499n, THRESHOLD, HYSTERESIS)).toBe('tripped');
    expect(readBelow(1_500n, THRESHOLD, HYSTERESIS)).toBe('between');
    expect(readBelow(1_529n, THRESHOLD, HYSTERESIS)).toBe('between');
    expect(readBelow(1_530n, THRESHOLD, HYSTERESIS)).toBe('clear');
    expect(readAbove(951n, 950n, HYSTERESIS)).toBe('tripped');
    expect(readAbove(950n, 950n, HYSTERESIS)).toBe('between');
    expect(readAbove(931n, 950n, HYSTERESIS)).toBe('clear');
    expect(readWhether(true)).toBe('tripped');
    expect(readWhether(false)).toBe('clear');
  });
});
