import type { Dictionary, Words } from './words.ts';

const OVERFLOW = 'A number did not fit.';

/** What the compiler's checks, plain reverts and libraries of arithmetic say. */
export const arithmeticWords: Dictionary = {
  'StripeOverflow(int256,int256)': arithmetic('Books full', () => 'The books of one stripe would overflow.'),
  'FullMulDivFailed()': arithmetic('Number too large', () => OVERFLOW),
  'MulDivFailed()': arithmetic('Number too large', () => OVERFLOW),
  'ExpOverflow()': arithmetic('Number too large', () => OVERFLOW),
  'Panic(uint256)': arithmetic(
    'A check of the compiler failed',
    (say) =>
      `The contract stopped itself: ${PANICS[Number(say.raw('code'))] ?? `panic ${say.count('code')}`}.`,
  ),
  'Error(string)': {
    title: 'The contract refused',
    fault: 'user',
    sentence: (say) =>
      `The contract refused: ${say.raw('message')}${/[.!?]$/.test(say.raw('message')) ? '' : '.'}`,
    hint: 'Check the amounts, the account and the addresses.',
  },
};

const PANICS: Readonly<Record<number, string>> = {
  1: 'an assertion failed',
  17: 'a number overflowed or went below zero',
  18: 'a division by zero',
  33: 'a value out of its enumeration',
  34: 'damaged storage bytes',
  49: 'an empty list was popped',
  50: 'an index out of bounds',
  65: 'too much memory',
  81: 'an unset function was called',
};

function arithmetic(title: string, sentence: Words['sentence']): Words {
  return {
    title,
    fault: 'protocol',
    sentence,
    hint: 'Use a smaller amount; if that does not help, report it.',
  };
}
