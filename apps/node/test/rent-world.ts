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

/**
 * A machine that claims to do next to nothing: what its node guesses of a job that is silent, as on a busy machine all are, comes
 * to nothing, and nobody pays ahead for it.
 */
export function modestHardware(world: World): NonNullable<NodeConfigInput['hardware']> {
  const fuelPerSecond = { integer: '1000', float: '1000' };
  return { ...world.config('modest').hardware, fuelPerSecond };
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

/** A line on which the events of channels do not come through before it is open. */
export function createLine(): { fetch: typeof fetch; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    fetch: async (input, init) => {
      if (/channels\/0x\w+\/events$/.test(String(input))) {
        const cut = new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true });
        });
        await Promise.race([opened, cut]);
      }
      return await fetch(input, init);
    },
    open,
  };
}
