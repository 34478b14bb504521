import { toMillraceError } from '@millrace/protocol';
import type { Ask } from '@millrace/protocol/wire';
import type { Address } from 'viem';
import type { RentHost } from '../host/rent-host.ts';
import { createNodeApi } from '../node/node-api.ts';
import type { Offer } from '../rank/offer.ts';
import { type CheckAskHost, createCheckAsk } from './check-ask.ts';
import { createRegisteredEndpoints } from './registered-endpoints.ts';

/** Where nodes are looked for. */
export type Discovery = {
  /** Endpoints that are known already. */
  readonly nodes?: readonly string[] | undefined;
  /** Whether the `ProfileSet` events of the registry are read. Default: yes. */
  readonly registry?: boolean | undefined;
  /** Block in which the registry was deployed. Default: 0. */
  readonly fromBlock?: bigint | undefined;
  /** Whether nodes are asked for the asks of others. Default: yes. */
  readonly gossip?: boolean | undefined;
};

/** Every offer that is known, each checked. */
export type OfferBook = {
  readonly offers: readonly Offer[];
  /** Counts up when the offers change. */
  readonly version: number;
  /** Asks again, unless it was done less than `olderThan` milliseconds ago. Never throws. */
  refresh(olderThan?: number): Promise<void>;
};

type Known = { readonly ask: Ask; readonly roundTripMilliseconds?: number | undefined };

const MOST_PROBES = 64;
const AT_ONCE = 16;
const NODES_ASKED_FOR_OTHERS = 3;
const PROBE_MILLISECONDS = 4_000;

export function createOfferBook(
  host: CheckAskHost & Pick<RentHost, 'http' | 'signal' | 'note'>,
  discovery: Discovery = {},
): OfferBook {
  const check = createCheckAsk(host);
  const registered = createRegisteredEndpoints(host.client, host.contracts.nodeRegistry, discovery.fromBlock);
  const known = new Map<Address, Known>();
  const http = { ...host.http, timeoutMilliseconds: PROBE_MILLISECONDS };
  let [version, refreshedAt] = [0, 0];
  let running: Promise<void> | undefined;

  const learn = (ask: Ask, roundTrip?: number): void => {
    const before = known.get(ask.node);
    if (before !== undefined && before.ask.issuedAt > ask.issuedAt) return;
    const trips = [before?.roundTripMilliseconds, roundTrip].filter((trip) => trip !== undefined);
    // The first request also opens the connection: the shortest is the distance.
    known.set(ask.node, { ask, roundTripMilliseconds: trips.length > 0 ? Math.min(...trips) : undefined });
    version += 1;
  };

  /** The node itself, asked; whether it answered for itself. */
  const probe = async (endpoint: string): Promise<boolean> => {
    const began = performance.now();
    const signed = await createNodeApi(http, endpoint)
      .ask(host.signal)
      .catch(() => undefined);
    const roundTrip = performance.now() - began;
    const ask = await check(signed);
    if (ask === undefined) return false;
    learn(ask, ask.endpoint === endpoint ? roundTrip : undefined);
    return true;
  };

  const probeAll = async (endpoints: readonly string[]): Promise<string[]> => {
    const queue = [...new Set(endpoints)].slice(0, MOST_PROBES);
    const answered: string[] = [];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (await probe(next)) answered.push(next);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return answered;
  };

  const hear = async (endpoint: string): Promise<void> => {
    const heard = await createNodeApi(http, endpoint)
      .asks(host.signal)
      .catch(() => undefined);
    for (const value of heard?.asks ?? []) {
      const ask = await check(value);
      if (ask !== undefined) learn(ask);
    }
  };

  const look = async (): Promise<void> => {
    if (discovery.registry !== false) {
      await registered.refresh().catch((error: unknown) => {
        host.note({ type: 'trouble', error: toMillraceError(error) });
      });
    }
    const first = [...(discovery.nodes ?? []).map(trimmed), ...registered.endpoints.values()];
    const answered = await probeAll(first);
    if (discovery.gossip !== false) await Promise.all(answered.slice(0, NODES_ASKED_FOR_OTHERS).map(hear));
    const asked = new Set(first);
    const others = [...known.values()].map(({ ask }) => ask.endpoint).filter((url) => !asked.has(url));
    await probeAll(others);
    const time = BigInt(Math.floor(Date.now() / 1_000));
    for (const [node, { ask }] of known) if (ask.expiry < time) known.delete(node);
    version += 1;
    refreshedAt = Date.now();
  };

  return {
    get offers() {
      return [...known.values()];
    },
    get version() {
      return version;
    },
    refresh: async (olderThan = 0) => {
      if (running === undefined && Date.now() - refreshedAt < olderThan) return;
      running ??= look().finally(() => {
        running = undefined;
      });
      await running;
    },
  };
}

function trimmed(endpoint: string): string {
  return endpoint.replace(/\/+$/, '');
}
