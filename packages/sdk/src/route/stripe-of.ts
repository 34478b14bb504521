import { ownStripe } from '@millrace/protocol/market';
import type { Address } from 'viem';

/**
 * The stripe that an owner's operations use unless a route names another: `keccak256(owner) & (L - 1)`.
 *
 * @param stripes L of the market, a power of two from 1 to 64
 */
export function stripeOf(owner: Address, stripes: number): number {
  return ownStripe(owner, stripes);
}
