import type { Hex } from 'viem';

const WORD = 64;

/** Word `k` of ABI-encoded data, as an unsigned number. */
export function wordAt(data: Hex, k: number): bigint {
  return BigInt(`0x${data.slice(2 + k * WORD, 2 + (k + 1) * WORD)}`);
}

/** Word `k` as a signed number. */
export function signedWordAt(data: Hex, k: number): bigint {
  return BigInt.asIntN(256, wordAt(data, k));
}

/** A list of numbers, as `uint256[]` is returned. */
export function listOf(data: Hex): bigint[] {
  const length = Number(wordAt(data, 1));
  return Array.from({ length }, (_, k) => wordAt(data, k + 2));
}

/** The parts of a `bytes[]`, as `multicall` returns it. */
export function partsOf(data: Hex): Hex[] {
  const length = Number(wordAt(data, 1));
  // Offsets count bytes from behind the length; a word is 32 bytes.
  return Array.from({ length }, (_, k) => {
    const at = 2 + Number(wordAt(data, k + 2)) / 32;
    const size = Number(wordAt(data, at));
    const from = 2 + (at + 1) * WORD;
    return `0x${data.slice(from, from + size * 2)}` as Hex;
  });
}
