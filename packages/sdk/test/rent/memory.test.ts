import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DISTRUST_SECONDS,
  type Experience,
  forget,
  HALF_LIFE_SECONDS,
  isDistrusted,
  NO_MEMORY,
  type NodeMemory,
  remember,
  trustIn,
} from '../../src/rent/index.ts';
import { addressOf } from './arbitraries.ts';

const node = addressOf(1);
const experience = fc.constantFrom<Experience>('result', 'refused', 'slow', 'failed', 'stalled', 'vanished');
const history = fc.array(fc.tuple(experience, fc.integer({ min: 0, max: 20_000 })), { maxLength: 30 });
const START = 1_800_000_000;

/** What is remembered after things that happened one after the other, and when the last did. */
function lived(events: readonly (readonly [Experience, number])[]): { memory: NodeMemory; now: number } {
  let [memory, now]: [NodeMemory, number] = [NO_MEMORY, START];
  for (const [what, later] of events) {
    now += later;
    memory = remember(memory, node, what, now);
  }
  return { memory, now };
}

describe('memory', () => {
  it('trusts more after a result, less after a failure, and never fully', () => {
    fc.assert(
      fc.property(history, experience, (events, next) => {
        const { memory, now } = lived(events);
        const before = trustIn(memory, node, now);
        const after = trustIn(remember(memory, node, next, now), node, now);
        expect(before).toBeGreaterThan(0);
        expect(before).toBeLessThan(1);
        if (next === 'result') expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
        expect(trustIn(memory, addressOf(2), now)).toBe(2 / 3);
      }),
    );
  });

  it('forgets half in a half-life, and everything in the end', () => {
    const memory = remember(NO_MEMORY, node, 'vanished', START);
    const after = (seconds: number) => trustIn(memory, node, START + seconds);
    expect(after(0)).toBeCloseTo(2 / 5);
    expect(after(HALF_LIFE_SECONDS)).toBeCloseTo(2 / 4);
    expect(after(40 * HALF_LIFE_SECONDS)).toBeCloseTo(2 / 3);
    expect(forget(memory, START + 40 * HALF_LIFE_SECONDS)).toEqual({});
    expect(forget(memory, START)).toEqual(memory);
  });

  it('fades the same in one step and in many', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 5 }),
        (events, steps) => {
          const { memory, now } = lived(events);
          const end = now + steps.reduce((sum, step) => sum + step, 0);
          // Another node’s experiences in between change nothing.
          let [stepped, at] = [memory, now];
          for (const step of steps) {
            at += step;
            stepped = remember(stepped, addressOf(2), 'failed', at);
          }
          expect(trustIn(stepped, node, end)).toBeCloseTo(trustIn(memory, node, end), 12);
        },
      ),
    );
  });

  it('survives as JSON', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { memory } = lived(events);
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
      }),
    );
  });

  it('does not use a dishonest node for long, however good it was', () => {
    const good = lived(Array.from({ length: 100 }, () => ['result', 1] as const));
    const memory = remember(good.memory, node, 'dishonest', good.now);
    expect(isDistrusted(good.memory, node, good.now)).toBe(false);
    expect(isDistrusted(memory, node, good.now)).toBe(true);
    expect(isDistrusted(remember(memory, node, 'result', good.now + 1), node, good.now + 2)).toBe(true);
    expect(isDistrusted(memory, node, good.now + DISTRUST_SECONDS + 1)).toBe(false);
    expect(forget(memory, good.now + DISTRUST_SECONDS - 1)).not.toEqual({});
  });
});
