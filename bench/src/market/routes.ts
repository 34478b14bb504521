import { type Address, keccak256, pad } from 'viem';

/** No route: the owner's own stripe, then a scan. */
export const NO_ROUTE = 0n;

/** A `Route` of the market (layout: IMarketTypes.sol): no flags, how many tills, then a byte for each. */
export function encodeRoute(tills: readonly number[]): bigint {
  const listed = tills.reduce((route, till, k) => route | (BigInt(till) << BigInt(16 + 8 * k)), 0n);
  return listed | (BigInt(tills.length) << 8n);
}

/** The stripe that an owner's operations use unless a route names another. */
export function ownStripe(owner: Address, stripes: number): number {
  return Number(BigInt(keccak256(pad(owner, { size: 32 }))) & BigInt(stripes - 1));
}
