import { describe, expect, it } from 'vitest';
import { drawChart } from './chart.ts';
import { dateOf, shortMoney } from './figures.ts';
import { clipTo, createPaint, justify, widthOf } from './paint.ts';
import { bar, sparks, squeeze } from './sparks.ts';

describe('drawChart', () => {
  it('draws a rising line from the lower left to the upper right', () => {
    const { rows, low, high } = drawChart({
      values: [0, 1, 2, 3],
      steps: 4,
      columns: 2,
      rows: 1,
      within: [0, 3],
    });
    expect([low, high]).toEqual([0, 3]);
    // Dots 7, 8, 6 and then 3, 2, 5, 4: up by one with each half column, joined to the one before.
    expect(rows).toEqual(['⣠⠞']);
  });

  it('leaves the time to come empty', () => {
    const { rows } = drawChart({ values: [1, 2], steps: 20, columns: 10, rows: 2, within: [1, 2] });
    expect(rows.map((row) => row.slice(3))).toEqual(['       ', '       ']);
    expect(rows.join('').trim()).not.toBe('');
  });

  it('shows a dip between two columns', () => {
    const values = Array.from({ length: 100 }, (_, k) => (k === 51 ? 0 : 10));
    const { rows } = drawChart({ values, steps: 100, columns: 10, rows: 4, within: [0, 10] });
    expect(rows.at(-1)?.trim()).not.toBe('');
  });

  it('does not mind a price that never moves', () => {
    expect(
      drawChart({ values: [5, 5, 5], steps: 3, columns: 3, rows: 1, within: [5, 5] }).rows[0],
    ).toHaveLength(3);
  });
});

describe('sparks', () => {
  it('never hides what is not zero', () => {
    expect(sparks([0n, 1n, 4_000n, 8_000n])).toBe(' ▁▄█');
    expect(sparks([0n, 0n])).toBe('  ');
  });

  it('squeezes neighbours together without losing anything', () => {
    expect(squeeze([1n, 2n, 3n, 4n, 5n], 2)).toEqual([6n, 9n]);
    expect(squeeze([1n, 2n], 5)).toEqual([1n, 2n]);
  });
});

describe('bar', () => {
  it('is as long as its share, in eighths', () => {
    expect([bar(0, 4), bar(0.5, 4), bar(1, 4), bar(9, 4)]).toEqual(['', '██', '████', '████']);
    expect(bar(1 / 32, 4)).toBe('▏');
  });
});

describe('paint', () => {
  const paint = createPaint(true);

  it('counts what is seen', () => {
    expect(widthOf(`${paint.bad('ab')}c`)).toBe(3);
  });

  it('clips what is seen and ends the colour', () => {
    const clipped = clipTo(`${paint.bad('abcdef')}g`, 3);
    expect(widthOf(clipped)).toBe(3);
    expect(clipped.endsWith('\u001b[0m')).toBe(true);
  });

  it('puts two texts at the ends of a line', () => {
    expect(justify('ab', 'cd', 6)).toBe('ab  cd');
    expect(justify('abcdef', 'gh', 6)).toBe('abc gh');
  });
});

describe('figures', () => {
  it('keeps money short and never flatters', () => {
    expect(shortMoney(38_229_999_000_000n, 'asset')).toBe('$38.22M');
    expect(shortMoney(38_229_999_000_000n, 'debt')).toBe('$38.23M');
    expect(shortMoney(1_234_560_000n, 'asset')).toBe('$1,234.56');
    expect(shortMoney(829_690_903_832n, 'debt')).toBe('$829.70k');
  });

  it('writes dates in universal time', () => {
    expect(dateOf(1_584_009_000n)).toBe('12 Mar 2020 10:30');
    expect(dateOf(1_583_625_600n, 'day')).toBe(' 8 Mar');
  });
});
