import { type MillraceError, toMillraceError } from '@millrace/protocol';
import { parseJobSpec, type Work } from '@millrace/protocol/compute';
import { type ChannelView, signWire } from '@millrace/protocol/wire';
import type { Address, Hex } from 'viem';
import { type CloseChannelResult, closeChannel } from '../../compute/channel/close-channel.ts';
import { finaliseChannel } from '../../compute/channel/finalise-channel.ts';
import { type ChannelStatus, getChannel } from '../../compute/channel/get-channel.ts';
import { addToChannel } from '../channel/fund.ts';
import type { Link } from '../channel/link.ts';
import { RentError } from '../error/rent-error.ts';
import type { FleetState } from '../fleet/fleet-state.ts';
import { createNodeApi } from '../node/node-api.ts';
import type { ChannelFacts } from '../store/rent-state.ts';
import type { KeptStore } from './kept-store.ts';

/** A channel, by the books of both sides and by the chain. Amounts are base units. */
export type ListedChannel = {
  readonly id: Hex;
  readonly node: Address;
  readonly endpoint: string;
  /** What this renter has counted, from receipts that it checked. */
  readonly ours: {
    readonly signed: bigint;
    readonly due: bigint;
    readonly receipts: number;
    readonly work: Work | undefined;
  };
  /** What the node says; `undefined` when it cannot be asked. */
  readonly theirs: ChannelView | undefined;
  readonly chain: ChannelStatus;
  readonly over: ChannelFacts['over'];
};

/** What can be done with channels beside renting. */
export type RenterChannels = {
  list(): Promise<ListedChannel[]>;
  topUp(id: Hex, amount: bigint): Promise<bigint>;
  close(id: Hex): Promise<CloseChannelResult>;
  finalise(id: Hex): Promise<bigint>;
};

/** A job of nothing: for a quote when a channel is opened ahead of any job. */
export const EMPTY_SPEC = parseJobSpec({
  version: 1,
  module: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
  fuel: 1n,
  timeMilliseconds: 1,
  memoryPages: 1,
  outputBytes: 0,
  needs: { priceCap: 2n ** 128n },
});

export function createRenterChannels(
  fleet: FleetState,
  store: KeptStore,
  forget: (link: Link) => void,
): RenterChannels {
  const { host } = fleet;
  const { channels } = host.contracts;
  const links = (): Link[] => [...fleet.slots.values()].flatMap(({ link }) => link ?? []);
  const factsOf = (id: Hex): ChannelFacts => {
    const facts = store.state.channels.get(id);
    if (facts !== undefined) return facts;
    throw new RentError('RENT_OPTIONS_INVALID', 'There is no such channel in the store.', { channel: id });
  };
  const keyOf = (facts: ChannelFacts) => ({ ...facts, salt: BigInt(facts.salt) });

  const listed = async (facts: ChannelFacts): Promise<ListedChannel> => {
    const link = links().find(({ id }) => id === facts.id);
    const at = BigInt(Math.floor(Date.now() / 1_000));
    const read = signWire('read', { channel: facts.id, from: 0, at }, host.session);
    const [chain, theirs] = await Promise.all([
      getChannel(host.client, { channels, key: keyOf(facts) }),
      createNodeApi({ ...host.http, timeoutMilliseconds: 3_000 }, facts.endpoint)
        .channel(facts.id, read)
        .catch(() => undefined),
    ]);
    const signed = link?.payments.signed ?? BigInt(facts.voucher?.total ?? 0);
    const receipts = link?.settled.frontier.size ?? facts.voucher?.settled.frontier.size ?? 0;
    const ours = { signed, due: link?.payments.due ?? signed, receipts, work: link?.settled.work };
    return {
      id: facts.id,
      node: facts.payee,
      endpoint: facts.endpoint,
      ours,
      theirs,
      chain,
      over: facts.over,
    };
  };

  return {
    list: async () => await Promise.all([...store.state.channels.values()].map(listed)),
    topUp: async (id, amount) => {
      const total = await addToChannel(host, fleet.limits.funding ?? 'permit', keyOf(factsOf(id)), amount);
      await host.store.append({ type: 'deposit', channel: id, deposit: `${total}` });
      links()
        .find((link) => link.id === id)
        ?.payments.observe({ deposit: total });
      return total;
    },
    close: async (id) => {
      const facts = factsOf(id);
      const link = links().find((it) => it.id === id);
      if (link !== undefined && link.live.size > 0) {
        const words = `${link.live.size} jobs still run in this channel.`;
        throw new RentError('RENT_OPTIONS_INVALID', words, { channel: id });
      }
      // What was worked is paid, whatever comes then.
      await link?.payments.now();
      if (link !== undefined) forget(link);
      const { result } = await host.wallet(() =>
        closeChannel(host.client, { channels, key: keyOf(facts), account: host.account }),
      );
      await host.store.append({ type: 'channel-over', channel: id, why: result.state });
      host.note({ type: 'channel-over', channel: id, why: result.state });
      return result;
    },
    finalise: async (id) => {
      const facts = factsOf(id);
      const { result } = await host.wallet(() =>
        finaliseChannel(host.client, { channels, key: keyOf(facts), account: host.account }),
      );
      await host.store.append({ type: 'channel-over', channel: id, why: 'closed' });
      return result;
    },
  };
}

/** Closes the channel to a node that is used no more, in the background: the deposit comes back after the window. */
export async function abandonChannel({ host }: FleetState, link: Link, error: MillraceError): Promise<void> {
  const why = error.code === 'RENT_NODE_DISHONEST' ? 'dishonest' : 'closing';
  await host.store.append({ type: 'channel-over', channel: link.id, why });
  host.note({ type: 'channel-over', channel: link.id, why });
  const { channels } = host.contracts;
  await host
    .wallet(() => closeChannel(host.client, { channels, key: link.key, account: host.account }))
    .catch((cause: unknown) => host.note({ type: 'trouble', error: toMillraceError(cause) }));
}
