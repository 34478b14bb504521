import type { NodeConfigInput } from '@millrace/node';
import type { ComputeWorld } from './compute-world.ts';

/** The variable in which the program of a node finds its key. */
export const KEY_VARIABLE = 'MILLRACE_NODE_KEY';
/** Of a slot; near enough to any machine of today. Where it matters, it is measured. */
const FUEL_PER_SECOND = '1000000000';
const MEBIBYTE = 2 ** 20;

/** A configuration as `millrace node init` writes it, for one machine with several nodes. */
export function nodeConfig(
  { anvil, compute }: ComputeWorld,
  folder: string,
  changes: Partial<NodeConfigInput> = {},
): NodeConfigInput {
  const { nodeRegistry, channels, jobMarket, receipts, token } = compute;
  return {
    folder,
    log: 'warn',
    signer: { keyEnv: KEY_VARIABLE },
    chain: { rpc: [anvil.url], chainId: 31_337, pollSeconds: 0.5 },
    contracts: { nodeRegistry, channels, jobMarket, receipts },
    token: token.address,
    price: { perFuelWad: '1000000000000', perSecondWad: '0', perJob: '10' },
    exposureCap: '1000000',
    region: 'FI',
    energy: 'wind',
    hardware: {
      cpu: 'bench',
      cores: 2,
      memoryMegabytes: 4_096,
      gpu: '',
      gpuMemoryMegabytes: 0,
      fuelPerSecond: { integer: FUEL_PER_SECOND, float: FUEL_PER_SECOND },
    },
    runtimes: ['wasm'],
    limits: {
      fuel: '1000000000000',
      timeMilliseconds: 600_000,
      memoryMegabytes: 1_024,
      inputBytes: 64 * MEBIBYTE,
      outputBytes: 64 * MEBIBYTE,
    },
    ...changes,
  };
}
