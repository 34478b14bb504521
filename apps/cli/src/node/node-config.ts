import { isIPv4, isIPv6 } from 'node:net';
import type { DeployedCompute } from '@millrace/devnet';
import { least } from '@millrace/protocol';
import { perFuelWadOf } from '@millrace/protocol/compute';
import type { Hardware } from '@millrace/protocol/wire';
import { NODE_KEY_VARIABLE } from './node-files.ts';

/** What an operator says, or what stands for it. Amounts are base units. */
export type NodeWishes = {
  readonly folder: string;
  readonly rpc: string;
  readonly chainId: number;
  readonly compute: DeployedCompute;
  readonly hardware: Hardware;
  readonly host: string;
  readonly port: number;
  readonly endpoint: string;
  readonly slots: number;
  /** For an hour of work of one slot. */
  readonly hourly: bigint;
  readonly exposureCap: bigint | undefined;
  readonly region: string;
  readonly energy: string;
  /** Multiaddrs of nodes to ask first; `undefined` for no gossip. */
  readonly peers: readonly string[] | undefined;
};

/** The longest job that a node takes unless told otherwise. */
const MOST_SECONDS = 3_600;
/** Work of this long is risked for nothing: a renter has to pay more often than that. */
const RISKED_SECONDS = 60n;
const LEAST_RISK = 1_000n;
const MEBIBYTE = 2 ** 20;

/** The configuration of a daemon, as its file says it. */
export function toNodeConfig(wishes: NodeWishes) {
  const { compute, hardware, hourly, slots } = wishes;
  const { nodeRegistry, channels, jobMarket, receipts, token } = compute;
  const { integer, float } = hardware.fuelPerSecond;
  const slower = least(integer, float);
  const risk = (hourly * BigInt(slots) * RISKED_SECONDS) / 3_600n;
  return {
    folder: wishes.folder,
    signer: { keyEnv: NODE_KEY_VARIABLE },
    chain: { rpc: [wishes.rpc], chainId: wishes.chainId },
    contracts: { nodeRegistry, channels, jobMarket, receipts },
    listen: { host: wishes.host, port: wishes.port },
    endpoint: wishes.endpoint,
    register: true,
    token: token.address,
    price: { perFuelWad: perFuelWadOf(hourly, slower), perSecondWad: 0n, perJob: 1n },
    exposureCap: wishes.exposureCap ?? (risk > LEAST_RISK ? risk : LEAST_RISK),
    region: wishes.region,
    energy: wishes.energy,
    hardware,
    slots,
    limits: {
      fuel: integer * BigInt(MOST_SECONDS),
      timeMilliseconds: MOST_SECONDS * 1_000,
      memoryMegabytes: Math.max(64, Math.floor(hardware.memoryMegabytes / 2 / slots)),
      inputBytes: 256 * MEBIBYTE,
      outputBytes: 64 * MEBIBYTE,
    },
    gossip: wishes.peers === undefined ? {} : { listen: [gossipOn(wishes.host)], bootstrap: wishes.peers },
  };
}

/** The same address as for HTTP, any port: whom a node hears from, it tells where it is. */
function gossipOn(host: string): string {
  if (isIPv6(host)) return `/ip6/${host}/tcp/0`;
  return `/ip4/${isIPv4(host) ? host : '127.0.0.1'}/tcp/0`;
}
