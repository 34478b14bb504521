import { mulDivDown, parseAmount, WAD } from '@millrace/protocol';
import { UsageError } from '../usage-error.ts';

/** What should happen to the price of one token: a change, or a price in the loan asset (USD on the local chain). */
export type PriceWords = { symbol: string } & (
  | { kind: 'factor'; wad: bigint }
  | { kind: 'price'; text: string }
);

const FORM = /^\s*([^=\s]+)\s*=\s*([+-]?)\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/;
const PERCENT_DECIMALS = 16;

/**
 * Reads `ETH=-30%`, `ETH=+5%` or `ETH=1900`.
 *
 * @throws {@link UsageError} `INVALID_PRICE` for anything else, and for a fall of more than 100 %.
 */
export function readPrice(text: string): PriceWords {
  const [, symbol, sign, number, percent] = FORM.exec(text) ?? [];
  if (symbol === undefined || number === undefined) throw refused(text, 'there is no token=value in it');
  if (percent === '%') {
    if (sign === '') throw refused(text, 'a change needs its sign');
    const change = parseAmount(number, PERCENT_DECIMALS);
    if (sign === '-' && change > WAD) throw refused(text, 'nothing falls by more than 100%');
    return { symbol, kind: 'factor', wad: sign === '-' ? WAD - change : WAD + change };
  }
  if (sign !== '') throw refused(text, 'a price has no sign');
  return { symbol, kind: 'price', text: number };
}

/** What a price becomes, rounded down. `price` and the result have `decimals` decimals. */
export function applyPrice(words: PriceWords, price: bigint, decimals: number): bigint {
  return words.kind === 'price' ? parseAmount(words.text, decimals) : mulDivDown(price, words.wad, WAD);
}

function refused(text: string, reason: string): UsageError {
  return new UsageError(
    `“${text}” does not say what a price becomes: ${reason}.`,
    'INVALID_PRICE',
    'Write a change such as ETH=-30%, or a price such as ETH=1900.',
  );
}
