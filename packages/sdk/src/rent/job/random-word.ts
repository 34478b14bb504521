import { bytesToHex, type Hex } from 'viem';

const WORD_BYTES = 32;
const POOL_BYTES = 64 * WORD_BYTES;
let pool = new Uint8Array();

/** 32 random bytes. Drawn in bulk: asking the system costs more than the bytes. */
export function randomWord(): Hex {
  if (pool.length < WORD_BYTES) pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES));
  const word = bytesToHex(pool.subarray(0, WORD_BYTES));
  pool = pool.subarray(WORD_BYTES);
  return word;
}
