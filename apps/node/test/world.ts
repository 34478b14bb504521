import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Anvil,
  approve,
  createDevnetClient,
  type DeployedCompute,
  type DevnetClient,
  deployCompute,
  devnetAccount,
  fund,
  startAnvil,
} from '@millrace/devnet';
import type { HDAccount } from 'viem/accounts';
import { checkConfig, type NodeConfigInput } from '../src/index.ts';

/** A chain with the contracts, and a folder for nodes. */
export type World = {
  readonly anvil: Anvil;
  readonly client: DevnetClient;
  readonly compute: DeployedCompute;
  readonly folder: string;
  /** A configuration for an account of the devnet. */
  config(name: string, changes?: Partial<NodeConfigInput>): ReturnType<typeof checkConfig>;
  /** An account with tokens that lets the contracts take them. */
  payer(index: number): Promise<{ account: HDAccount; client: DevnetClient }>;
  close(): Promise<void>;
};

const SPEED = 200_000_000n;

export async function createWorld(): Promise<World> {
  const anvil = await startAnvil();
  const client = createDevnetClient(anvil);
  const compute = await deployCompute(client);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-node-'));
  return {
    anvil,
    client,
    compute,
    folder,
    config: (name, changes = {}) =>
      checkConfig({
        folder: join(folder, name),
        signer: { keyEnv: 'UNUSED' },
        chain: { rpc: [anvil.url], chainId: 31_337, pollSeconds: 0.2 },
        contracts: {
          nodeRegistry: compute.nodeRegistry,
          channels: compute.channels,
          jobMarket: compute.jobMarket,
          receipts: compute.receipts,
        },
        token: compute.token.address,
        price: { perFuelWad: '1000000000000', perSecondWad: '0', perJob: '10' },
        exposureCap: '100000',
        region: 'FI',
        energy: 'wind',
        hardware: {
          cpu: 'test',
          cores: 2,
          memoryMegabytes: 4_096,
          gpu: '',
          gpuMemoryMegabytes: 0,
          fuelPerSecond: { integer: `${SPEED}`, float: `${SPEED}` },
        },
        runtimes: ['wasm'],
        limits: {
          fuel: '1000000000000',
          timeMilliseconds: 600_000,
          memoryMegabytes: 1_024,
          inputBytes: 2 ** 26,
          outputBytes: 2 ** 26,
        },
        ...changes,
      }),
    payer: async (index) => {
      const account = devnetAccount(index);
      await fund(client, compute.token.address, account.address, 10n ** 12n);
      const own = createDevnetClient(anvil, { account });
      await approve(client, compute.token.address, account, compute.channels);
      await approve(client, compute.token.address, account, compute.jobMarket);
      return { account, client: own };
    },
    close: async () => {
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
