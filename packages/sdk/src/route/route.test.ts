import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRoute, encodeRoute } from './route.ts';

describe('routes', () => {
  it('come back as they were packed', () => {
    const route = fc.record({
      tills: fc.array(fc.nat(255), { maxLength: 30 }),
      ownerPays: fc.boolean(),
    });
    fc.assert(
      fc.property(route, (each) => {
        expect(decodeRoute(encodeRoute(each))).toEqual(each);
      }),
    );
  });

  it('are nothing by default', () => {
    expect(encodeRoute({})).toBe(0n);
    expect(encodeRoute({ tills: [3, 7], ownerPays: true })).toBe(0x0703_0201n);
  });

  it.each([[Array.from({ length: 31 }, () => 1)], [[256]], [[-1]], [[1.5]]])('refuse %j', (tills) => {
    expect(() => encodeRoute({ tills })).toThrow(RangeError);
  });
});
