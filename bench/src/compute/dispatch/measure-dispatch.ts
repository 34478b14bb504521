import { nodeStatusSchema, ROUTES, readWireText } from '@millrace/protocol/wire';
import { type ComputeWorld, createComputeWorld } from '../node/compute-world.ts';
import { residentMegabytes } from '../node/memory-of.ts';
import { createNodeProcess, type NodeProcess } from '../node/node-process.ts';
import { onlyNodes, rentIn } from '../node/rent.ts';
import { type Latency, measureLatency } from './measure-latency.ts';
import { measureThroughput, type Throughput } from './measure-throughput.ts';

export type DispatchReport = {
  readonly latency: Latency;
  readonly oneNode: Throughput;
  readonly threeNodes: Throughput;
  /** Memory of a node that gossips and has no jobs, and the largest of three after their work; megabytes. */
  readonly idleNodeMegabytes: number;
  readonly workedNodeMegabytes: number;
};

/** Until what a start leaves behind has been given back, and gossip is at its pace. */
const SETTLING_MILLISECONDS = 12_000;

/** Three nodes that gossip, each a process; the renter of the SDK talks to them over HTTP. */
export async function measureDispatch(): Promise<DispatchReport> {
  const world = await createComputeWorld(3);
  try {
    const nodes = await startGossiping(world, 3);
    const [first] = nodes as [NodeProcess];
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MILLISECONDS));
    for (const node of nodes) await requirePeers(node);
    const idleNodeMegabytes = Math.max(...nodes.map(({ pid }) => residentMegabytes(pid())));
    const one = await rentIn(world, onlyNodes(first.endpoint));
    const latency = await measureLatency(one);
    const oneNode = await measureThroughput(one, 1);
    await one.close();
    const three = await rentIn(world, onlyNodes(...nodes.map(({ endpoint }) => endpoint)));
    const threeNodes = await measureThroughput(three, 3);
    await three.close();
    const workedNodeMegabytes = Math.max(...nodes.map(({ pid }) => residentMegabytes(pid())));
    return { latency, oneNode, threeNodes, idleNodeMegabytes, workedNodeMegabytes };
  } finally {
    await world.close();
  }
}

/** A node that gossips with nobody would need less than one that does. */
async function requirePeers({ name, endpoint }: NodeProcess): Promise<void> {
  const response = await fetch(endpoint + ROUTES.status);
  const { peers } = readWireText(nodeStatusSchema, await response.text());
  if (peers === 0) throw new Error(`${name} gossips with nobody.`);
}

/** Each knows where the first is; the rest is gossip. */
async function startGossiping(world: ComputeWorld, count: number): Promise<NodeProcess[]> {
  const nodes: NodeProcess[] = [];
  for (let index = 0; index < count; index++) {
    const bootstrap = nodes[0]?.addresses().slice(0, 1) ?? [];
    const gossip = { listen: ['/ip4/127.0.0.1/tcp/0'], bootstrap: [...bootstrap] };
    const node = await createNodeProcess(world, index, { gossip, log: 'info', register: true, slots: 2 });
    await node.start();
    nodes.push(node);
  }
  return nodes;
}
