import { type CreateRenterParameters, createRenter, type Renter, type RentJob } from '@millrace/sdk/rent';
import type { ComputeWorld } from './compute-world.ts';

/** The renter of the SDK, for the payer of a world. */
export async function rentIn(
  { compute, payer }: ComputeWorld,
  changes: Partial<CreateRenterParameters> = {},
): Promise<Renter> {
  const { channels, nodeRegistry, jobMarket, token } = compute;
  return await createRenter({
    client: payer,
    contracts: { channels, nodeRegistry, jobMarket },
    token: token.address,
    ...changes,
  });
}

/** For nodes that are named, and no others. */
export function onlyNodes(...endpoints: string[]): Pick<CreateRenterParameters, 'discovery'> {
  return { discovery: { nodes: endpoints, registry: false, gossip: false } };
}

/** A job that costs little. */
export function smallJob(module: Uint8Array, changes: Partial<RentJob> = {}): RentJob {
  return {
    module,
    fuel: 1_000_000n,
    memoryPages: 16,
    timeMilliseconds: 10_000,
    outputBytes: 1_024,
    needs: { priceCap: 1_000_000n },
    ...changes,
  };
}
