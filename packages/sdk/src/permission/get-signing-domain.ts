import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import type { Address } from 'viem';
import { getChainId, readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';

export type SigningDomain = {
  domain: { name: string; version: '1'; chainId: number; verifyingContract: Address };
  /** The next one of the owner. */
  nonce: bigint;
};

/** What signatures for a market are bound to: its name, chain and address, and the owner's next nonce. */
export async function getSigningDomain(
  client: SdkClient,
  { market, owner }: { market: Address; owner: Address },
): Promise<SigningDomain> {
  const contract = { address: market, abi: iMarketAbi } as const;
  const [name, nonce, chainId] = await Promise.all([
    readContract(client, { ...contract, functionName: 'name' }),
    readContract(client, { ...contract, functionName: 'nonces', args: [owner] }),
    getChainId(client),
  ]);
  return { domain: { name, version: '1', chainId, verifyingContract: market }, nonce };
}
