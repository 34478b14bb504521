import { devnetAccount } from '@millrace/devnet';
import { type CreateRenterParameters, createRenter, type RenterEvent } from '@millrace/sdk/rent';
import { createTestClient, http } from 'viem';
import { setBalance } from 'viem/actions';
import { type NodeConfigInput, type RunningNode, startNode } from '../src/index.ts';
import type { World } from './world.ts';

/** Starts a node of an account of the devnet. */
export async function startRented(
  world: World,
  index: number,
  changes: Partial<NodeConfigInput> = {},
): Promise<RunningNode> {
  return await startNode({ config: world.config(`node-${index}`, changes), account: devnetAccount(index) });
}

/** A renter of an account of the devnet, for the nodes that are named. */
export async function rentFrom(
  world: World,
  account: number,
  nodes: readonly string[],
  changes: Partial<CreateRenterParameters> = {},
) {
  const { address } = devnetAccount(account);
  await setBalance(createTestClient({ mode: 'anvil', transport: http(world.anvil.url) }), {
    address,
    value: 10n ** 20n,
  });
  const { client } = await world.payer(account);
  const { channels, nodeRegistry, jobMarket, token } = world.compute;
  const events: RenterEvent[] = [];
  const renter = await createRenter({
    client,
    contracts: { channels, nodeRegistry, jobMarket },
    token: token.address,
    discovery: { nodes, registry: false },
    onEvent: (event) => events.push(event),
    ...changes,
  });
  return { renter, events, client };
}
