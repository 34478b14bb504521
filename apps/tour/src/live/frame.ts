import { PRICE_DECIMALS } from '@millrace/devnet/prices';
import { formatMoney } from '@millrace/protocol';
import { chartLines } from './chart-panel.ts';
import { dateOf } from './figures.ts';
import { guestLine } from './guest-line.ts';
import { machineLines } from './machine-lines.ts';
import type { Model } from './model.ts';
import { clipTo, justify, type Paint, padTo, type Tone } from './paint.ts';
import { bandLines, heading, keeperLine, marketLines, tallyLines } from './panels.ts';

/** The terminal's size in characters. */
export type Size = { columns: number; rows: number };

const WIDE = 96;
const GAP = '   ';
const LEAST_CHART = 3;
const MOST_CHART = 16;
/** Lines below a chart: the days and the liquidations. */
const CHART_FEET = 2;
const LEAST_NEWS = 4;
/** Lines for those who joined in. */
const MOST_GUESTS = 4;
/** From here on a narrow view has room for every line of a market. */
const ROOMY = 34;

/**
 * The whole view as lines that fit `size`: what matters most is shown first, and what has no room is left out. A pure
 * function of what it shows.
 */
export function renderFrame(model: Model, { columns, rows }: Size, paint: Paint): string[] {
  const width = Math.max(20, columns);
  const head = [header(model, width, paint), priceLine(model, width, paint)];
  const foot = [
    ...alarm(model, paint),
    ...machineLines(model, width, rows, paint),
    ...model.guests.slice(0, MOST_GUESTS).map((guest) => guestLine(guest, paint)),
    ...tallyLines(model, width, paint),
    keeperLine(model, paint),
    help(model, width, paint),
  ];
  const spare = rows - head.length - foot.length;
  const middle = width >= WIDE ? wide(model, spare, width, paint) : narrow(model, spare, width, paint);
  const lines = [...head, ...middle.slice(0, Math.max(0, spare)), ...foot];
  return lines.slice(0, rows).map((line) => clipTo(line, width));
}

function header({ replay, now, step, steps, speed, paused }: Model, width: number, paint: Paint): string {
  const pace = paused ? 'paused' : step >= steps ? 'the replay is over' : `${speed} h/s`;
  const left = ` Millrace  ·  the crash of ${replay}`;
  const right = `${dateOf(now)} UTC  ·  ${Math.floor((100 * step) / steps)} %  ·  ${pace} `;
  return paint.banner(padTo(justify(left, right, width), width));
}

function priceLine({ prices, startPrice }: Model, width: number, paint: Paint): string {
  const price = prices.at(-1) ?? startPrice;
  const moved = Number(((price - startPrice) * 1000n) / startPrice) / 10;
  const tone: Tone = moved < 0 ? 'bad' : 'good';
  const arrow = moved < 0 ? '▼' : '▲';
  const left = `ETH ${paint.bold(formatMoney(price, PRICE_DECIMALS, 'asset', '$'))}`;
  return clipTo(
    `${left}  ${paint[tone](`${arrow} ${Math.abs(moved).toFixed(1)} %`)}${paint.dim(' since the start')}`,
    width,
  );
}

/** The chart, both markets side by side, then health beside what happens. */
function wide(model: Model, rows: number, width: number, paint: Paint): string[] {
  const half = Math.floor((width - GAP.length) / 2);
  const [left = [], right = []] = model.markets.map((market) => marketLines(market, half, paint));
  const bands = health(model, half, paint);
  const forChart = Math.min(MOST_CHART, rows - CHART_FEET - left.length - bands.length);
  const chart = forChart >= LEAST_CHART ? chartLines(model, width, forChart, paint) : [];
  const rest = Math.max(bands.length, rows - chart.length - left.length);
  const news = happeningLines(model, rest, half, paint);
  return [...chart, ...beside(left, right, half), ...beside(bands, news, half)];
}

/** One below the other, and of each as much as there is room for. */
function narrow(model: Model, rows: number, width: number, paint: Paint): string[] {
  const each = rows < ROOMY ? 3 : 6;
  const markets = model.markets.flatMap((market) => marketLines(market, width, paint).slice(0, each));
  const panels = [...health(model, width, paint), ...markets];
  const forChart = Math.min(MOST_CHART, rows - CHART_FEET - panels.length - LEAST_NEWS);
  const chart = forChart >= LEAST_CHART ? chartLines(model, width, forChart, paint) : [];
  const rest = rows - chart.length - panels.length;
  return [...chart, ...panels, ...happeningLines(model, rest, width, paint)];
}

function beside(left: readonly string[], right: readonly string[], half: number): string[] {
  const count = Math.max(left.length, right.length);
  return Array.from(
    { length: count },
    (_, k) => padTo(clipTo(left[k] ?? '', half), half) + GAP + clipTo(right[k] ?? '', half),
  );
}

function health({ bands }: Model, width: number, paint: Paint): string[] {
  const count = bands.reduce((sum, band) => sum + band.count, 0);
  return [heading(`Health of ${count} borrowers`, width, paint), ...bandLines(bands, width, paint)];
}

/** The newest happenings, the newest last, and a heading. */
function happeningLines({ happenings }: Model, rows: number, width: number, paint: Paint): string[] {
  if (rows < 2) return [];
  const shown = happenings.slice(-(rows - 1));
  const lines = shown.map(
    ({ unix, tone, text }) => `${paint.dim(dateOf(unix, 'short'))}  ${paint[tone](text)}`,
  );
  const empty = Array.from({ length: rows - 1 - lines.length }, () => '');
  return [heading('What happens', width, paint), ...lines, ...empty];
}

function alarm({ violation }: Model, paint: Paint): string[] {
  return violation === undefined ? [] : [paint.bad(violation)];
}

function help({ url }: Model, width: number, paint: Paint): string {
  const keys = 'space pauses, + − speed, q ends';
  const join = 'join in: npm run -s millrace -- market list';
  return paint.dim(width >= WIDE ? `${url}  ·  ${join}  ·  ${keys}` : `${url}  ·  ${keys}`);
}
