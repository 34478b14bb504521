import { channelId, channelSalt, type JobSpec } from '@millrace/protocol/compute';
import { encodeWire, readWireText, type SignedQuote, signedQuoteSchema } from '@millrace/protocol/wire';
import { type Address, bytesToBigInt } from 'viem';
import { getChannel } from '../../compute/channel/get-channel.ts';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import { createNodeApi } from '../node/node-api.ts';
import { suggestDeposit } from '../plan/suggest-deposit.ts';
import { mostDueOf } from '../rank/estimate-offer.ts';
import type { ChannelFacts } from '../store/rent-state.ts';
import { announceChannel } from './announce.ts';
import type { Attempt } from './attempt.ts';
import { type Funding, fundChannel, getFunds } from './fund.ts';
import { createLink, type Link, type LinkParameters } from './link.ts';
import { requestQuote } from './request-quote.ts';

/** What an owner allows for one channel. Base units. */
export type DepositLimits = {
  /** Default: all that the account has. */
  readonly mostDeposit?: bigint | undefined;
  /** Default: ten jobs at their limits. */
  readonly leastDeposit?: bigint | undefined;
  /** Default: `permit`. */
  readonly funding?: Funding | undefined;
};

export type OpenLinkParameters = DepositLimits &
  Pick<LinkParameters, 'onOver' | 'onPaid'> & {
    readonly node: Address;
    readonly endpoint: string;
    readonly spec: JobSpec;
    /** Jobs that the node is expected to get. */
    readonly jobs: number;
    /** Exactly this much, whatever the limits say. */
    readonly deposit?: bigint | undefined;
  };

/**
 * Opens a channel: a quote, a deposit on chain, the announcement. It is written down before money moves.
 *
 * @throws {@link RentError} `RENT_FUNDS`, `RENT_PRICE_CAP`, `RENT_NODE_DISHONEST`; refusals; what the chain says.
 */
export async function openLink(host: RentHost, parameters: OpenLinkParameters): Promise<Link> {
  const { node, endpoint, spec, jobs, funding = 'permit', onOver, onPaid } = parameters;
  const api = createNodeApi(host.http, endpoint);
  const quote = await requestQuote(host, api, node, spec);
  const deposit = parameters.deposit ?? (await depositFor(host, quote, spec, jobs, parameters));
  const random = crypto.getRandomValues(new Uint8Array(32));
  const lane = BigInt((random[31] as number) * 256 + (random[30] as number)) % BigInt(quote.body.lanes);
  const salt = channelSalt(lane, bytesToBigInt(random.subarray(0, 29)));
  const key = { payer: host.account.address, payee: node, token: host.token, salt };
  const id = channelId(key);
  const facts: ChannelFacts = {
    id,
    ...key,
    salt: `${salt}`,
    endpoint,
    quote: encodeWire(quote),
    at: Date.now(),
  };
  await host.store.append({ type: 'channel', ...facts });
  host.note({ type: 'channel-opening', channel: id, node, deposit });
  await fundChannel(host, funding, key, deposit);
  await host.store.append({ type: 'deposit', channel: id, deposit: `${deposit}` });
  const view = await announceChannel(host, api, key, quote);
  await host.store.append({ type: 'terms', channel: id, terms: encodeWire(view.terms) });
  host.note({ type: 'channel-open', channel: id, node, deposit });
  return createLink(host, { facts, quote, view, deposit, onOver, onPaid });
}

/**
 * Takes up a channel from before a restart: reads the chain, and tells the node. `undefined` when it is open no more, or was
 * never opened.
 *
 * @param attempts of this channel that have no receipt yet
 */
export async function resumeLink(
  host: RentHost,
  facts: ChannelFacts,
  attempts: readonly Attempt[],
  listeners: Pick<LinkParameters, 'onOver' | 'onPaid'>,
): Promise<Link | undefined> {
  const key = { ...facts, salt: BigInt(facts.salt) };
  const status = await getChannel(host.client, { channels: host.contracts.channels, key });
  if (status.state === 'unknown' || status.state === 'closed') return undefined;
  const { deposit } = status;
  const quote = readWireText(signedQuoteSchema, facts.quote);
  const api = createNodeApi(host.http, facts.endpoint);
  // A node that is away may come back: the link asks again and again.
  const view = await announceChannel(host, api, key, quote).catch((error: unknown) => {
    if (error instanceof RentError && error.code === 'RENT_NODE_DISHONEST') throw error;
    return undefined;
  });
  return createLink(host, { facts, quote, view, deposit, attempts, ...listeners });
}

async function depositFor(
  host: RentHost,
  quote: SignedQuote,
  spec: JobSpec,
  jobs: number,
  { mostDeposit, leastDeposit }: DepositLimits,
): Promise<bigint> {
  const mostDue = mostDueOf(spec, quote.body.price);
  const balance = await getFunds(host);
  const deposit = suggestDeposit({ mostDue, jobs, balance, most: mostDeposit, least: leastDeposit });
  if (deposit !== undefined) return deposit;
  const words = `One job may cost ${mostDue}; there are ${balance} for deposits.`;
  throw new RentError('RENT_FUNDS', words, { mostDue, balance, mostDeposit });
}
