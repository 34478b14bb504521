import { formatPercent, RAY } from '@millrace/protocol';
import { shortMoney } from './figures.ts';
import type { Band, MarketPanel, Model } from './model.ts';
import { justify, type Paint, padTo, type Tone, widthOf } from './paint.ts';
import { bar, sparks, squeeze } from './sparks.ts';

const BAR = 12;
const LABEL = 13;
const BUSY = 900_000_000_000_000_000n;
const PRICE_DIGITS = 5;

/** A heading with a rule to the end of the line. */
export function heading(title: string, width: number, paint: Paint): string {
  const rule = '─'.repeat(Math.max(0, width - widthOf(title) - 1));
  return `${paint.bold(title)} ${paint.dim(rule)}`;
}

/** The figures of one market, six lines of `width` columns. */
export function marketLines(market: MarketPanel, width: number, paint: Paint): string[] {
  const used = Number(market.utilisation) / 1e18;
  const tone: Tone = market.utilisation > BUSY ? 'poor' : 'accent';
  const filled = bar(used, BAR);
  const gauge = paint[tone](filled) + paint.dim('·'.repeat(Math.max(0, BAR - widthOf(filled))));
  const pair = (label: string, value: string) => paint.dim(padTo(label, LABEL)) + value;
  const priceTone: Tone = market.price < RAY ? 'bad' : 'plain';
  const tills = squeeze(market.tills, width - LABEL);
  const dry = market.tills.filter((balance) => balance === 0n).length;
  return [
    heading(market.title, width, paint),
    pair('utilisation', `${gauge} ${formatPercent(market.utilisation, 'debt')}`),
    pair(
      'rates a year',
      `borrow ${paint.bold(formatPercent(market.borrowApr, 'debt'))}   lend ${formatPercent(market.supplyApr, 'asset')}`,
    ),
    pair(
      'lent out',
      `${shortMoney(market.owed, 'debt')} of ${shortMoney(market.supplied, 'asset')}   reserve ${shortMoney(market.reserve, 'asset')}`,
    ),
    pair(
      'one share',
      paint[priceTone](sharePrice(market.price)) + paint.dim(`   ${dry} of ${market.tills.length} tills dry`),
    ),
    pair('tills', tillSparks(tills, paint)),
  ];
}

/** Each till as high as what it holds; a dry one is a dot. */
function tillSparks(tills: readonly bigint[], paint: Paint): string {
  return [...sparks(tills)].map((level) => (level === ' ' ? paint.dim('·') : paint.accent(level))).join('');
}

/** Assets per share, rounded down. */
function sharePrice(price: bigint): string {
  const scaled = (price * 10n ** BigInt(PRICE_DIGITS)) / RAY;
  const digits = scaled.toString().padStart(PRICE_DIGITS + 1, '0');
  return `$${digits.slice(0, -PRICE_DIGITS)}.${digits.slice(-PRICE_DIGITS)}`;
}

/** One line for each band of health. */
export function bandLines(bands: readonly Band[], width: number, paint: Paint): string[] {
  const most = Math.max(1, ...bands.map(({ count }) => count));
  const room = Math.max(4, width - LABEL - 15);
  return bands.map(({ label, tone, count, debt }) => {
    const drawn = paint[count === 0 ? 'dim' : tone](count === 0 ? '·' : bar(count / most, room));
    const left = `${paint.dim(padTo(label, LABEL))} ${String(count).padStart(3)} ${drawn}`;
    return justify(left, count === 0 ? paint.dim('—') : shortMoney(debt, 'debt'), width);
  });
}

/** What it has come to so far, on as many lines as it takes. */
export function tallyLines({ tally, markets }: Model, width: number, paint: Paint): string[] {
  const reserve = markets.reduce((sum, market) => sum + market.reserve, 0n);
  const loss = (amount: bigint) => paint[amount > 0n ? 'bad' : 'good'](shortMoney(amount, 'debt'));
  const parts = [
    `${paint.bold(String(tally.liquidations))} liquidations`,
    `repaid ${shortMoney(tally.repaid, 'asset')}`,
    `bad debt ${loss(tally.badDebt)}`,
    `lenders lost ${loss(tally.lenderLoss)}`,
    `reserve ${shortMoney(reserve, 'asset')}`,
  ];
  const lines = [''];
  for (const part of parts) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? part : `${last}${paint.dim('  ·  ')}${part}`;
    if (widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** What the keeper does. */
export function keeperLine({ keeper }: Model, paint: Paint): string {
  const state = keeper.good ? paint.good('●') : paint.bad('●');
  const open = keeper.open === 0 ? '' : `, ${keeper.open} in flight`;
  return `${state} keeper ${paint.dim(`process ${keeper.pid ?? '—'}`)}  ${keeper.sent} transactions in ${keeper.passes} rounds${open}`;
}
