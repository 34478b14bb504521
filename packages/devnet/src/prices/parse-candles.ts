import { parseAmount } from '@millrace/protocol';
import { PriceDataError } from './price-data-error.ts';

/** Decimals of a price of this package, as Chainlink's dollar feeds have. */
export const PRICE_DECIMALS = 8;

/** One hour of trading. Prices are dollars with {@link PRICE_DECIMALS} decimals. */
export type Candle = {
  /** Unix seconds at the hour's start. */
  unix: bigint;
  open: bigint;
  high: bigint;
  low: bigint;
  close: bigint;
};

const HEADER = 'unix,open,high,low,close';
const HOUR_SECONDS = 3600n;

/**
 * Reads hourly candles and refuses what cannot have happened: a gap or a step back in time, a low above or a high
 * below what was traded, a price of zero.
 *
 * @throws {@link PriceDataError} naming the line.
 */
export function parseCandles(csv: string): Candle[] {
  const [header, ...lines] = csv.trimEnd().split('\n');
  if (header !== HEADER) throw new PriceDataError(`the header is not “${HEADER}”`, 1, header ?? '');
  const candles = lines.map((line, k) => parseCandle(line, k + 2));
  if (candles.length === 0) throw new PriceDataError('there are no prices', 2, '');
  candles.reduce((before, candle, k) => {
    if (candle.unix === before.unix + HOUR_SECONDS) return candle;
    throw new PriceDataError('it is not one hour after the line before', k + 2, lines[k] ?? '');
  });
  return candles;
}

function parseCandle(line: string, number: number): Candle {
  const fields = line.split(',');
  const [time = '', open = '', high = '', low = '', close = ''] = fields;
  if (fields.length !== 5) throw new PriceDataError('it does not have five fields', number, line);
  if (!/^[1-9]\d{8,9}$/.test(time)) throw new PriceDataError('the time is not unix seconds', number, line);
  const unix = BigInt(time);
  if (unix % HOUR_SECONDS !== 0n) throw new PriceDataError('it does not begin on the hour', number, line);
  const price = (text: string) => parsePrice(text, number, line);
  const candle = { unix, open: price(open), high: price(high), low: price(low), close: price(close) };
  const { low: least, high: most } = candle;
  for (const traded of [candle.open, candle.close]) {
    if (traded < least) throw new PriceDataError('the low is not the lowest', number, line);
    if (traded > most) throw new PriceDataError('the high is not the highest', number, line);
  }
  return candle;
}

function parsePrice(text: string, number: number, line: string): bigint {
  const price = readAmount(text);
  if (price === undefined || price <= 0n) throw new PriceDataError(`“${text}” is no price`, number, line);
  return price;
}

function readAmount(text: string): bigint | undefined {
  try {
    return parseAmount(text, PRICE_DECIMALS);
  } catch {
    return undefined;
  }
}
