import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Anvil,
  createDevnetClient,
  type DeployedCompute,
  type DevnetClient,
  deployCompute,
  devnetAccount,
  fund,
  startAnvil,
} from '@millrace/devnet';
import type { NodeProcess } from './node-process.ts';

/** A chain with the contracts and a payer; nodes are processes that end with it. */
export type ComputeWorld = {
  readonly anvil: Anvil;
  readonly client: DevnetClient;
  readonly compute: DeployedCompute;
  /** Speaks for the payer. */
  readonly payer: DevnetClient;
  /** What the payer has before it rents anything, base units. */
  readonly purse: bigint;
  readonly folder: string;
  /** Whatever has to end with the world. */
  readonly nodes: Set<NodeProcess>;
  close(): Promise<void>;
};

/** Accounts of nodes begin here; before are the deployer and the payer. */
export const FIRST_NODE_ACCOUNT = 2;
const PAYER_ACCOUNT = 1;
const PURSE = 10n ** 12n;

/** @param nodes how many accounts nodes need */
export async function createComputeWorld(nodes: number): Promise<ComputeWorld> {
  const anvil = await startAnvil({ accounts: FIRST_NODE_ACCOUNT + nodes });
  const client = createDevnetClient(anvil);
  const compute = await deployCompute(client);
  const account = devnetAccount(PAYER_ACCOUNT);
  await fund(client, compute.token.address, account.address, PURSE);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const running = new Set<NodeProcess>();
  return {
    ...{ anvil, client, compute, folder, nodes: running, purse: PURSE },
    payer: createDevnetClient(anvil, { account }),
    close: async () => {
      await Promise.all([...running].map((node) => node.kill()));
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
