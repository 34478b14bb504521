import type { Address } from 'viem';
import { decodeRoute } from '../route/route.ts';

/** Who pays in an operation: its sender, unless the route says the owner. */
export function payerOf(sender: Address, owner: Address, route = 0n): Address {
  return decodeRoute(route).ownerPays ? owner : sender;
}
