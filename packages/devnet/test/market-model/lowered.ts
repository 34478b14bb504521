import type { Address } from 'viem';

/** The same addresses in lower case, as the model keys them. */
export function lowered(addresses: readonly Address[]): Address[] {
  return addresses.map((address) => address.toLowerCase() as Address);
}
