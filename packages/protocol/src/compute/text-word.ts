import { type Hex, hexToString, size, stringToHex } from 'viem';
import { ComputeError } from './compute-error.ts';

/**
 * A short text as a word of 32 bytes, padded at its end: how profiles carry region and energy.
 *
 * @throws {@link ComputeError} `TEXT_TOO_LONG` above 32 bytes of UTF-8.
 *
 * @example
 * ```ts
 * fromTextWord(toTextWord('wind')) // 'wind'
 * ```
 */
export function toTextWord(text: string): Hex {
  const bytes = size(stringToHex(text));
  if (bytes <= 32) return stringToHex(text, { size: 32 });
  throw new ComputeError('TEXT_TOO_LONG', `“${text}” has ${bytes} bytes.`, { text, bytes });
}

/** The text of a word of 32 bytes. What is no UTF-8 becomes U+FFFD. */
export function fromTextWord(word: Hex): string {
  return hexToString(word, { size: 32 }).replace(/\0+$/, '');
}
