import { freePort } from '@millrace/devnet';
import type { NodeConfigInput } from '@millrace/node';
import type { WorkPrice } from '@millrace/protocol/compute';
import type { ComputeWorld } from '../compute/node/compute-world.ts';
import { createNodeProcess, type NodeProcess } from '../compute/node/node-process.ts';
import { type HostileNode, type Hostility, startHostileNode } from './hostile-node.ts';

/** A node as renters see it. */
export type FleetNode = {
  readonly process: NodeProcess;
  /** What its ask names: itself, or the liar before it. */
  readonly endpoint: string;
  readonly hostile?: { readonly kind: Hostility; readonly node: HostileNode };
};

/** Dear enough that amounts are worth comparing, the same for all but the hostile ones. */
const PRICE = { perFuelWad: '1000000000000', perSecondWad: '0', perJob: '10' };
/** Hostile nodes are cheaper: everybody wants them. */
const BAIT = { perFuelWad: '900000000000', perSecondWad: '0', perJob: '9' };
const STARTED_AT_ONCE = 3;

/** What honest nodes ask for. */
export function fleetPrice(): WorkPrice {
  const { perFuelWad, perSecondWad, perJob } = PRICE;
  return { perFuelWad: BigInt(perFuelWad), perSecondWad: BigInt(perSecondWad), perJob: BigInt(perJob) };
}

/** Starts `count` nodes, each a process; the first of them are hostile. */
export async function startFleet(
  world: ComputeWorld,
  count: number,
  hostilities: readonly Hostility[],
  say: (words: string) => void,
): Promise<FleetNode[]> {
  const fleet: FleetNode[] = [];
  const waiting = Array.from({ length: count }, (_, index) => index);
  const worker = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      fleet[index] = await startOne(world, index, hostilities[index]);
      say(`${fleet.filter(Boolean).length} of ${count} nodes run`);
    }
  };
  await Promise.all(Array.from({ length: STARTED_AT_ONCE }, worker));
  return fleet;
}

async function startOne(world: ComputeWorld, index: number, kind?: Hostility): Promise<FleetNode> {
  // All of them share one machine: a slot each.
  const changes: Partial<NodeConfigInput> = { register: true, slots: 1, price: PRICE };
  if (kind === undefined) {
    const process = await createNodeProcess(world, index, changes);
    await process.start();
    return { process, endpoint: process.endpoint };
  }
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const process = await createNodeProcess(world, index, { ...changes, price: BAIT, endpoint });
  const node = await startHostileNode(kind, port, process.endpoint);
  await process.start();
  return { process, endpoint, hostile: { kind, node } };
}
