import { type ChannelKey, channelId, type WorkPrice } from '@millrace/protocol/compute';
import {
  type Announcement,
  type ChannelView,
  isSignedWire,
  RefusalError,
  type SignedQuote,
} from '@millrace/protocol/wire';
import { isAddressEqual } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';
import { wait } from './wait.ts';

/** How long a node may take to see a block. */
const SEEING_MILLISECONDS = 45_000;

/**
 * Tells a node of a channel, and checks the terms it signs: at most the price that it quoted. Harmless to repeat.
 *
 * @throws `RefusalError`; {@link RentError} `RENT_NODE_UNREACHABLE`, `RENT_NODE_DISHONEST` when the terms are not as quoted.
 */
export async function announceChannel(
  host: RentHost,
  api: NodeApi,
  key: ChannelKey,
  quote: SignedQuote,
): Promise<ChannelView> {
  const body: Announcement = { key, quote, certificate: await host.certificate() };
  const until = Date.now() + SEEING_MILLISECONDS;
  for (let pause = 200; ; pause = Math.min(2_000, pause * 2)) {
    try {
      const view = await api.announce(body);
      requireTerms(key, quote, view);
      return view;
    } catch (error) {
      const isEarly = error instanceof RefusalError && EARLY.has(error.code);
      if (!isEarly || host.signal.aborted || Date.now() > until) throw error;
      await wait(error.retryAfterMilliseconds ?? pause, host.signal);
    }
  }
}

const EARLY: ReadonlySet<string> = new Set(['CHANNEL_NOT_FUNDED', 'CHANNEL_UNKNOWN', 'TOO_MANY_REQUESTS']);

function requireTerms(key: ChannelKey, quote: SignedQuote, { terms }: ChannelView): void {
  const { body } = terms;
  const isOurs = body.channel === channelId(key) && isAddressEqual(body.node, key.payee);
  const isAsQuoted = isAtMost(body.price, quote.body.price);
  // After its session key has changed, a node may sign the same terms anew; the price is what binds.
  const isItsOwn = isSignedWire('terms', terms, quote.certificate.certificate.key);
  if (isOurs && isAsQuoted && isItsOwn) return;
  const details = { node: key.payee, quoted: quote.body.price, terms: body, isItsOwn };
  throw new RentError(
    'RENT_NODE_DISHONEST',
    'The terms of the channel are not what the node quoted.',
    details,
  );
}

function isAtMost(price: WorkPrice, most: WorkPrice): boolean {
  return (
    price.perFuelWad <= most.perFuelWad &&
    price.perSecondWad <= most.perSecondWad &&
    price.perJob <= most.perJob
  );
}
