import { type Address, erc20Abi, parseAbi, type TypedDataDomain } from 'viem';
import { getEip712Domain, readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { chainIdOf } from '../call/chain-id-of.ts';

const VERSION = parseAbi(['function version() view returns (string)']);

/**
 * What permits of a token are bound to: what the token says (ERC-5267), else its name, its version or `1`, the chain and its
 * address.
 */
export async function getTokenDomain(client: SdkClient, token: Address): Promise<TypedDataDomain> {
  try {
    return (await getEip712Domain(client, { address: token })).domain;
  } catch {
    const [name, version, chainId] = await Promise.all([
      readContract(client, { address: token, abi: erc20Abi, functionName: 'name' }),
      readContract(client, { address: token, abi: VERSION, functionName: 'version' }).catch(() => '1'),
      chainIdOf(client),
    ]);
    return { name, version, chainId, verifyingContract: token };
  }
}
