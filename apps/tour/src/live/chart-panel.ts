import { PRICE_DECIMALS } from '@millrace/devnet/prices';
import { formatMoney } from '@millrace/protocol';
import { drawChart } from './chart.ts';
import { dateOf } from './figures.ts';
import type { Model } from './model.ts';
import { clipTo, type Paint, padTo, type Tone } from './paint.ts';
import { sparks, squeeze } from './sparks.ts';

const AXIS = 11;
const DAY_SECONDS = 86_400n;
const STEP_SECONDS = 1_800n;

/** The price so far over the whole time of the replay, `rows` high, and below it the days and the liquidations. */
export function chartLines(model: Model, width: number, rows: number, paint: Paint): string[] {
  const columns = Math.max(8, width - AXIS);
  const values = model.prices.map((price) => Number(price));
  const start = Number(model.startPrice);
  const within = [Math.round(start * 0.9), Math.round(start * 1.02)] as const;
  const steps = model.steps + 1;
  const { rows: drawn, low, high } = drawChart({ values, steps, columns, rows, within });
  const label = (value: number) =>
    formatMoney(BigInt(value), PRICE_DECIMALS, 'asset', '$').padStart(AXIS - 2);
  const tone: Tone = (model.prices.at(-1) ?? 0n) < model.startPrice ? 'bad' : 'good';
  const lines = drawn.map((row, k) => {
    const value = Math.round(high - ((high - low) * k) / Math.max(1, rows - 1));
    const marked = k % Math.max(2, Math.floor(rows / 4)) === 0 || k === rows - 1;
    const mark = marked ? label(value) : ' '.repeat(AXIS - 2);
    return `${paint.dim(`${mark} ${marked ? '┤' : '│'}`)}${paint[tone](row)}`;
  });
  const counts = Array.from({ length: model.steps + 1 }, (_, k) => BigInt(model.liquidations[k] ?? 0));
  return [
    ...lines,
    paint.dim(`${' '.repeat(AXIS)}${days(model, columns)}`),
    `${paint.dim('liquidated '.padStart(AXIS))}${paint.poor(clipTo(sparks(squeezeTo(counts, columns)), columns))}`,
  ];
}

/** Sums of neighbours over exactly `columns` columns, so that they stand below the line of the chart. */
function squeezeTo(counts: readonly bigint[], columns: number): bigint[] {
  if (counts.length <= columns) return squeeze(counts, columns);
  const sums = Array.from({ length: columns }, () => 0n);
  for (const [k, count] of counts.entries()) {
    const column = Math.min(columns - 1, Math.floor((k * columns) / counts.length));
    sums[column] = (sums[column] ?? 0n) + count;
  }
  return sums;
}

/** The days of the replay, as many as have room. */
function days({ firstUnix, steps }: Model, columns: number): string {
  const total = Number(BigInt(steps) * STEP_SECONDS);
  const count = Math.max(1, Math.floor(columns / 10));
  const every = Math.max(1, Math.ceil(total / Number(DAY_SECONDS) / count));
  let line = '';
  for (let day = 0; day * Number(DAY_SECONDS) < total; day += every) {
    const at = Math.round((day * Number(DAY_SECONDS) * columns) / total);
    if (at + 6 > columns) break;
    line = padTo(line, at) + dateOf(firstUnix + BigInt(day) * DAY_SECONDS, 'day');
  }
  return line;
}
