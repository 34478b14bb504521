import { WAD } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { isStale, type KnownPosition } from './freshness.ts';

const RULE = { near: (11n * WAD) / 10n, maxAge: 300n };
const SAFE: KnownPosition = { debt: 1n, health: 2n * WAD, asks: [100n, 0n], readAt: 0n };

describe('isStale', () => {
  it('is whoever has never been read', () => {
    expect(isStale(undefined, [100n], 0n, RULE)).toBe(true);
  });

  it('is nobody without debt', () => {
    expect(isStale({ ...SAFE, debt: 0n, health: 0n }, [1n, 1n], 10_000n, RULE)).toBe(false);
  });

  it('is whoever may be near liquidation at the present prices', () => {
    expect(isStale(SAFE, [100n, 50n], 1n, RULE)).toBe(false);
    expect(isStale(SAFE, [55n, 50n], 1n, RULE)).toBe(false);
    expect(isStale(SAFE, [54n, 50n], 1n, RULE)).toBe(true);
    expect(isStale({ ...SAFE, health: WAD }, [100n, 50n], 1n, RULE)).toBe(true);
  });

  it('cares only about what is held', () => {
    expect(isStale(SAFE, [100n, 1n], 1n, RULE)).toBe(false);
    expect(isStale({ ...SAFE, asks: [100n, 50n] }, [100n, 1n], 1n, RULE)).toBe(true);
  });

  it('is whoever holds what lost its price, or was read long ago', () => {
    expect(isStale(SAFE, [0n, 1n], 1n, RULE)).toBe(true);
    expect(isStale(SAFE, [], 1n, RULE)).toBe(true);
    expect(isStale(SAFE, [100n, 1n], 299n, RULE)).toBe(false);
    expect(isStale(SAFE, [100n, 1n], 300n, RULE)).toBe(true);
  });
});
