import { iPriceSourceAbi } from '@millrace/protocol/contracts/i-price-source';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';

/** One source of a price. */
export type Source = {
  readonly source: Address;
  /** Scaled by 1e36; 0 unless live. */
  readonly price: bigint;
  readonly isLive: boolean;
};

/** A source that fails is not live. */
export async function readSource(client: SdkClient, source: Address): Promise<Source> {
  try {
    const [price, isLive] = await readContract(client, {
      address: source,
      abi: iPriceSourceAbi,
      functionName: 'read',
    });
    return { source, price: isLive ? price : 0n, isLive };
  } catch {
    return { source, price: 0n, isLive: false };
  }
}
