import type { Address, Hex } from 'viem';

/** An ERC-2612 permit as the contracts use it. */
export type TokenPermit = {
  readonly token: Address;
  /** Base units. */
  readonly value: bigint;
  /** Until when it may be used, seconds since 1970. */
  readonly deadline: bigint;
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
};
