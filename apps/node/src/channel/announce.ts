import { isDeepStrictEqual } from 'node:util';
import { MillraceError } from '@millrace/protocol';
import { channelId, laneOf, verifyCertificate } from '@millrace/protocol/compute';
import { type Announcement, isSignedWire, signWire } from '@millrace/protocol/wire';
import { type ChannelStatus, isRevokedOnChain, isSignedOnChain } from '@millrace/sdk/compute';
import { isAddressEqual } from 'viem';
import { readChannel } from '../chain/read-channel.ts';
import type { Core } from '../core.ts';
import { refuse } from '../job/admission.ts';
import type { ChannelFacts, JournalRecord, SeenFacts } from '../journal/records.ts';
import { type Channel, termsOf } from './channel.ts';
import { requirePlace } from './quote.ts';

/**
 * Takes a channel that was opened to this node: fixes its terms, and which session key speaks for its payer. The same
 * announcement again changes nothing; a newer certificate changes the key, or how long it is good.
 *
 * @throws `RefusalError`
 */
export async function announceChannel(core: Core, announcement: Announcement): Promise<Channel> {
  const { key, certificate } = announcement;
  const id = channelId(key);
  requireOurs(core, announcement);
  await requireSession(core, announcement);
  const known = core.books.get(id);
  if (known === undefined) await requireQuote(core, announcement);
  const seen = await requireFunds(core, announcement, known);
  const session = {
    key: certificate.certificate.key,
    issuedAt: certificate.certificate.issuedAt.toString(),
    expiry: certificate.certificate.expiry.toString(),
  };
  if (known !== undefined) {
    if (BigInt(session.issuedAt) < BigInt(known.session.issuedAt)) return known;
    const { facts } = core.journal.state.channels.get(id) ?? {};
    if (facts === undefined || isDeepStrictEqual(known.session, session)) return known;
    return await core.books.write(id, { t: 'channel', channel: { ...facts, session } });
  }
  const facts = factsOf(core, announcement, session);
  const records: JournalRecord[] = [
    { t: 'channel', channel: facts },
    { t: 'seen', channel: id, seen },
  ];
  core.log.info({ channel: id, payer: key.payer, deposit: seen.deposit }, 'a channel was announced');
  return await core.books.write(id, ...records);
}

function requireOurs(core: Core, { key, quote }: Announcement): void {
  const { body } = quote;
  requirePlace(core, body.chainId, body.channels, core.config.contracts.channels);
  if (!isAddressEqual(key.payee, core.account.address)) {
    throw refuse('QUOTE_NOT_OURS', 'The payee of this channel is another node.', { payee: key.payee });
  }
  if (!isAddressEqual(key.token, core.config.token)) {
    throw refuse('TOKEN_NOT_ACCEPTED', `This node is paid in ${core.config.token}.`, { asked: key.token });
  }
  const { number } = laneOf(key);
  if (number >= BigInt(core.config.lanes)) {
    throw refuse('LANE_NOT_WATCHED', `This node watches ${core.config.lanes} lanes, and this is ${number}.`, {
      asked: number,
      has: core.config.lanes,
    });
  }
}

/** Any session key that this node has ever had may have signed the quote. */
async function requireQuote(core: Core, { quote }: Announcement): Promise<void> {
  const { body, certificate } = quote;
  const time = BigInt(Math.floor(Date.now() / 1_000));
  const isOwn =
    isAddressEqual(body.node, core.account.address) &&
    isAddressEqual(certificate.certificate.node, core.account.address) &&
    isSignedWire('quote', quote, certificate.certificate.key) &&
    (await isGood(() =>
      verifyCertificate({
        ...certificate,
        domain: core.domains.nodes,
        time: certificate.certificate.issuedAt,
      }),
    ));
  if (!isOwn) throw refuse('QUOTE_NOT_OURS', 'This quote was not signed by this node.');
  if (body.expiry < time) {
    throw refuse('QUOTE_EXPIRED', 'This quote has expired.', { expiry: body.expiry, time });
  }
}

async function requireSession(core: Core, { key, certificate }: Announcement): Promise<void> {
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const { issuedAt, node } = certificate.certificate;
  // A payer whose clock, or whose chain, is a little ahead.
  const time = issuedAt > now && issuedAt <= now + 60n ? issuedAt : now;
  const isOwn =
    isAddressEqual(node, key.payer) &&
    (await isGood(() =>
      verifyCertificate({
        ...certificate,
        domain: core.domains.nodes,
        time,
        isSigned: isSignedOnChain(core.client),
      }),
    )) &&
    !(await isRevokedOnChain(core.client, core.config.contracts.nodeRegistry)(certificate.certificate));
  if (!isOwn) throw refuse('REQUEST_NOT_SIGNED', 'The certificate of the payer’s session key is not good.');
}

async function isGood(check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (error instanceof MillraceError && error.fault === 'network') throw error;
    return false;
  }
}

async function requireFunds(
  core: Core,
  { key }: Announcement,
  known: Channel | undefined,
): Promise<SeenFacts> {
  const status = await readChannel(core, key);
  const { state, deposit, paid, closesAt } = status;
  const seen = { deposit: `${deposit}`, paid: `${paid}`, ...(closesAt && { closesAt: `${closesAt}` }) };
  if (state === 'unknown') throw notFunded(status);
  if (known !== undefined) return { ...seen, state };
  if (state !== 'open') throw refuse('CHANNEL_CLOSING', `The channel is ${state}.`, { channel: status.id });
  const { perJob } = core.config.price;
  if (deposit - paid < perJob) {
    throw refuse('DEPOSIT_TOO_SMALL', `The deposit does not cover one job of ${perJob}.`, { deposit, paid });
  }
  return { ...seen, state };
}

function notFunded({ id }: ChannelStatus) {
  return refuse('CHANNEL_NOT_FUNDED', 'The channel is not open on chain.', { channel: id });
}

function factsOf(core: Core, { key, quote }: Announcement, session: ChannelFacts['session']): ChannelFacts {
  const { price, exposureCap } = quote.body;
  const facts = {
    id: channelId(key),
    key: { ...key, salt: key.salt.toString() },
    price: {
      perFuelWad: price.perFuelWad.toString(),
      perSecondWad: price.perSecondWad.toString(),
      perJob: price.perJob.toString(),
    },
    exposureCap: exposureCap.toString(),
    since: Math.floor(Date.now() / 1_000).toString(),
  };
  const { signature } = signWire('terms', termsOf(facts), core.session.key);
  return { ...facts, signature, session };
}
