import type { Address } from 'viem';

/** A token as it describes itself. */
export type Token = {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
};
