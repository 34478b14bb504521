import { refuse } from './refusal.ts';

/** What half a slot of the books can hold. */
export const MOST_128 = 2n ** 128n - 1n;

/** Refuses what the books cannot hold. */
export function requireFits128(amount: bigint): void {
  if (amount > MOST_128) refuse('AmountTooLarge', MOST_128, amount);
}
