import type { Hex } from 'viem';

const PUSH1 = 0x60;
const PUSH32 = 0x7f;
/** Shorter ones are numbers, selectors, jumps, unless they are text. */
const SHORTEST_BYTES = 20;
/** Text that fills a word from the left: `"POOL"`. Four bytes are as often a selector. */
const TEXT = /^(?:[2-6][0-9a-f]|7[0-9a-e]){4,31}$/;

/** The addresses, words and short texts that code holds as constants: roles, ids and the like, which may be keys. */
export function pushedWords(code: Hex): bigint[] {
  const found = new Set<bigint>();
  for (let i = 2; i < code.length; i += 2) {
    const opcode = Number.parseInt(code.slice(i, i + 2), 16);
    if (!(opcode >= PUSH1 && opcode <= PUSH32)) continue;
    const bytes = opcode - PUSH1 + 1;
    const digits = code.slice(i + 2, i + 2 + 2 * bytes);
    if (bytes >= SHORTEST_BYTES && digits.length === 2 * bytes) found.add(BigInt(`0x${digits}`));
    if (TEXT.test(digits)) found.add(BigInt(`0x${digits.padEnd(64, '0')}`));
    i += 2 * bytes;
  }
  return [...found];
}
