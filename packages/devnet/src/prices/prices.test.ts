import { describe, expect, it } from 'vitest';
import { loadCandles } from './load-candles.ts';
import { parseCandles } from './parse-candles.ts';
import { PriceDataError } from './price-data-error.ts';
import { REPLAYS } from './replay-names.ts';
import { toPricePath } from './to-price-path.ts';

const HEADER = 'unix,open,high,low,close';
const FIRST = '1583625600,237.23,237.23,232.1,234.15';
const SECOND = '1583629200,234.12,234.12,232.25,232.72';

describe('parseCandles', () => {
  it('reads dollars with eight decimals', () => {
    expect(parseCandles(`${HEADER}\n${FIRST}\n`)).toEqual([
      { unix: 1583625600n, open: 23723000000n, high: 23723000000n, low: 23210000000n, close: 23415000000n },
    ]);
  });

  it.each([
    ['another header', `time,open\n${FIRST}`, 1],
    ['no rows', HEADER, 2],
    ['a missing field', `${HEADER}\n1583625600,237.23,237.23,232.1`, 2],
    ['a field too many', `${HEADER}\n${FIRST},1`, 2],
    ['a gap', `${HEADER}\n${FIRST}\n1583632800,234,235,233,234`, 3],
    ['a repeated hour', `${HEADER}\n${FIRST}\n${FIRST}`, 3],
    ['a time within the hour', `${HEADER}\n1583625601,237.23,237.23,232.1,234.15`, 2],
    ['milliseconds', `${HEADER}\n1583625600000,237.23,237.23,232.1,234.15`, 2],
    ['a low above the close', `${HEADER}\n1583625600,237.23,237.23,235,234.15`, 2],
    ['a high below the open', `${HEADER}\n1583625600,237.23,236,232.1,234.15`, 2],
    ['a price of zero', `${HEADER}\n1583625600,237.23,237.23,0,234.15`, 2],
    ['a negative price', `${HEADER}\n1583625600,237.23,237.23,-1,234.15`, 2],
    ['an empty price', `${HEADER}\n1583625600,237.23,,232.1,234.15`, 2],
  ])('refuses %s and says where', (_what, csv, line) => {
    expect(() => parseCandles(csv)).toThrow(PriceDataError);
    expect(() => parseCandles(csv)).toThrow(new RegExp(`line ${line}`));
  });
});

describe.each(REPLAYS)('the prices of %s', (replay) => {
  it('are two weeks of sound hours, in the month they are named after', async () => {
    const candles = await loadCandles(replay);
    expect(candles).toHaveLength(336);
    const middle = candles[168]?.unix ?? 0n;
    expect(new Date(Number(middle) * 1000).toISOString()).toMatch(new RegExp(`^${replay}`));
  });

  it('become two prices an hour that end where the hours end', async () => {
    const candles = await loadCandles(replay);
    const path = toPricePath(candles);
    expect(path).toHaveLength(672);
    expect(path.at(-1)?.price).toBe(candles.at(-1)?.close);
    expect(path.every((point, k) => k === 0 || point.unix - (path[k - 1]?.unix ?? 0n) === 1800n)).toBe(true);
  });
});

describe('toPricePath', () => {
  it('goes to the low before it goes to the close', () => {
    expect(toPricePath(parseCandles(`${HEADER}\n${FIRST}\n${SECOND}`))).toEqual([
      { unix: 1583627400n, price: 23210000000n },
      { unix: 1583629200n, price: 23415000000n },
      { unix: 1583631000n, price: 23225000000n },
      { unix: 1583632800n, price: 23272000000n },
    ]);
  });
});
