import { type Address, keccak256, toHex } from 'viem';

/** The same address for the same label in every run, so that hashes of owners, and with them stripes, never vary. */
export function account(label: string): Address {
  return `0x${keccak256(toHex(label)).slice(26)}`;
}
