import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';

/** Asks the registry whether a node has a profile there. */
export function isRegisteredAt(client: Client, registry: Address): (node: Address) => Promise<boolean> {
  return async (node) => {
    const { endpoint } = await readContract(client, {
      address: registry,
      abi: iNodeRegistryAbi,
      functionName: 'profileOf',
      args: [node],
    });
    return endpoint !== '';
  };
}
