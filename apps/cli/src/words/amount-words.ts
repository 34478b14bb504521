import { InvalidAmountError, MillraceError, mulDivDown, parseAmount, WAD } from '@millrace/protocol';

/** An amount as somebody typed it: a number, a share of what there is, or all of it. */
export type AmountWords =
  | { kind: 'exact'; text: string }
  | { kind: 'share'; wad: bigint; text: string }
  | { kind: 'max'; text: string };

const PERCENT_DECIMALS = 16;
const MOST_DECIMALS = 255;

/**
 * Reads `1000`, `1.5`, `50%` or `max`.
 *
 * @throws {@link InvalidAmountError} for anything else, for nothing and for more than 100 %.
 */
export function readAmount(text: string): AmountWords {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'max') return { kind: 'max', text: trimmed };
  if (!trimmed.endsWith('%')) {
    // How many decimals the token has is not known yet; whether it is a number at all is.
    parseAmount(trimmed, MOST_DECIMALS);
    return { kind: 'exact', text: trimmed };
  }
  const wad = parseAmount(trimmed.slice(0, -1), PERCENT_DECIMALS);
  if (wad > 0n && wad <= WAD)
    return wad === WAD ? { kind: 'max', text: trimmed } : { kind: 'share', wad, text: trimmed };
  throw new InvalidAmountError(text, 'it is not between 0% and 100%', 'Write a share such as 50%.');
}

/**
 * The base units that the words mean.
 *
 * @param available what `max` and shares refer to; rounded down
 * @param nothing what to say when there is nothing of it
 * @throws {@link InvalidAmountError} when the number has more decimals than the token, or it is zero.
 * @throws {@link MillraceError} `NOTHING_AVAILABLE` when a share of nothing is wanted.
 */
export function resolveAmount(
  words: AmountWords,
  decimals: number,
  available: bigint,
  nothing: string,
): bigint {
  const amount =
    words.kind === 'exact'
      ? parseAmount(words.text, decimals)
      : words.kind === 'max'
        ? available
        : mulDivDown(available, words.wad, WAD);
  if (amount > 0n) return amount;
  if (words.kind === 'exact')
    throw new InvalidAmountError(words.text, 'it is zero', 'Write an amount above zero.');
  throw new MillraceError(nothing, {
    code: 'NOTHING_AVAILABLE',
    fault: 'user',
    hint: `“${words.text}” is a share of that.`,
    details: { available },
  });
}
