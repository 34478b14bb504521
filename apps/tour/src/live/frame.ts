import { PRICE_DECIMALS } from '@millrace/devnet/prices';
import { formatMoney } from '@millrace/protocol';
import { chartLines } from './chart-panel.ts';
import { dateOf } from './figures.ts';
import type { Model } from './model.ts';
import { clipTo, justify, type Paint, padTo, type Tone } from './paint.ts';
import { bandLines, heading, keeperLine, marketLines, tallyLine } from './panels.ts';

/** The terminal's size in characters. */
export type Size = { columns: number; rows: number };

const WIDE = 96;
const GAP = '   ';
const LEAST_CHART = 3;
const MOST_CHART = 10;
const LEAST_HAPPENINGS = 3;

/**
 * The whole view as lines that fit `size`: what matters most is shown first, and what has no room is left out. A pure
 * function of what it shows.
 */
export function renderFrame(model: Model, { columns, rows }: Size, paint: Paint): string[] {
  const width = Math.max(20, columns);
  const head = [header(model, width, paint), priceLine(model, width, paint)];
  const foot = [
    ...alarm(model, paint),
    tallyLine(model, paint),
    keeperLine(model, paint),
    help(model, paint),
  ];
  const middle = width >= WIDE ? wide(model, width, paint) : narrow(model, width, paint);
  const spare = rows - head.length - foot.length;
  const fitted = fit(middle, spare - LEAST_CHART - 2 - LEAST_HAPPENINGS);
  const forChart = Math.min(MOST_CHART, spare - fitted.length - 2 - LEAST_HAPPENINGS);
  const chart = forChart >= LEAST_CHART ? chartLines(model, width, forChart, paint) : [];
  const left = spare - fitted.length - chart.length;
  const body = [...head, ...chart, ...fitted, ...happeningLines(model, left, width, paint), ...foot];
  return body.slice(0, rows).map((line) => clipTo(line, width));
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

/** Both markets side by side, health below. */
function wide(model: Model, width: number, paint: Paint): string[] {
  const half = Math.floor((width - GAP.length) / 2);
  const [left = [], right = []] = model.markets.map((market) => marketLines(market, half, paint));
  const pairs = left.map((line, k) => padTo(clipTo(line, half), half) + GAP + clipTo(right[k] ?? '', half));
  return [...pairs, ...health(model, width, paint)];
}

function narrow(model: Model, width: number, paint: Paint): string[] {
  const markets = model.markets.flatMap((market) => marketLines(market, width, paint).slice(0, 5));
  return [...health(model, width, paint), ...markets];
}

function health({ bands }: Model, width: number, paint: Paint): string[] {
  const count = bands.reduce((sum, band) => sum + band.count, 0);
  return [heading(`Health of ${count} borrowers`, width, paint), ...bandLines(bands, width, paint)];
}

function fit(lines: string[], rows: number): string[] {
  return lines.slice(0, Math.max(0, rows));
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

function help({ url }: Model, paint: Paint): string {
  return paint.dim(`${url}  ·  join: npm run -s millrace -- market list  ·  space pauses, + − speed, q ends`);
}
