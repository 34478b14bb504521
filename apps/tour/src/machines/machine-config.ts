import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { perFuelWadOf } from '@millrace/protocol/compute';
import { encodeWire, type Hardware } from '@millrace/protocol/wire';
import { lesser } from '../amounts.ts';
import type { Scene } from '../scene/scene.ts';
import { TourError } from '../tour-error.ts';
import type { MachineKind } from './kinds.ts';

/** In which variable a machine finds its key. */
export const KEY_VARIABLE = 'MILLRACE_NODE_KEY';

/** Unpaid work that a machine risks, base units: a cent. */
const EXPOSURE_CAP = 10_000n;
const MEGABYTE = 2 ** 20;

/** What a machine is told beside its kind. */
export type MachineSetting = {
  readonly kind: MachineKind;
  readonly hardware: Hardware;
  /** Where its journal is. */
  readonly folder: string;
  /** Multiaddrs of those that were started before it. */
  readonly bootstrap: readonly string[];
};

/** Writes what a machine is told. @returns the path of the file */
export async function writeMachineConfig(scene: Scene, setting: MachineSetting): Promise<string> {
  const { folder } = setting;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'node.json');
  await writeFile(path, encodeWire(toConfig(scene, setting)));
  return path;
}

function toConfig({ chain, deployment }: Scene, { kind, hardware, folder, bootstrap }: MachineSetting) {
  const { compute } = deployment;
  if (compute === undefined) {
    throw new TourError('The scene has no contracts for machines.', {
      code: 'SCENE_FAILED',
      fault: 'protocol',
    });
  }
  const { region, energy, slots, runtimes, memoryMegabytes, perJob } = kind;
  const { integer, float } = hardware.fuelPerSecond;
  return {
    folder,
    log: 'info',
    signer: { keyEnv: KEY_VARIABLE },
    chain: { rpc: [chain.url], chainId: deployment.chainId, pollSeconds: 2 },
    contracts: {
      nodeRegistry: compute.nodeRegistry,
      channels: compute.channels,
      jobMarket: compute.jobMarket,
      receipts: compute.receipts,
    },
    register: true,
    token: compute.token.address,
    price: { perFuelWad: perFuelWadOf(kind.hourly, lesser(integer, float)), perSecondWad: 0n, perJob },
    exposureCap: EXPOSURE_CAP,
    // Each is read every time somebody asks what was earned.
    lanes: 2,
    region,
    energy,
    hardware,
    slots,
    runtimes,
    limits: {
      fuel: 1_000_000_000_000n,
      timeMilliseconds: 600_000,
      memoryMegabytes,
      inputBytes: 64 * MEGABYTE,
      outputBytes: 16 * MEGABYTE,
    },
    redeem: { everySeconds: 30 },
    gossip: { listen: ['/ip4/127.0.0.1/tcp/0'], bootstrap },
  };
}
