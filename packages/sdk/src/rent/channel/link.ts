import type { MillraceError } from '@millrace/protocol';
import { toMillraceError } from '@millrace/protocol';
import { type ChannelKey, channelId } from '@millrace/protocol/compute';
import {
  type ChannelView,
  channelViewSchema,
  readWireText,
  type SignedQuote,
  signWire,
  type Terms,
} from '@millrace/protocol/wire';
import type { Address, Hex } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import { createNodeApi, type NodeApi } from '../node/node-api.ts';
import { checkReceipt, type LastReceipt } from '../plan/check-receipt.ts';
import type { ChannelFacts } from '../store/rent-state.ts';
import { announceChannel } from './announce.ts';
import type { Attempt } from './attempt.ts';
import { follow } from './follower.ts';
import { type ChannelEnd, missedEnds } from './missed-ends.ts';
import { createNodeKeys } from './node-keys.ts';
import { createPayments, type Payments } from './payments.ts';
import { fromSettledFacts, NOTHING_SETTLED, type Settled, settle } from './settled.ts';
import { createSubmitter } from './submitter.ts';
import { wait } from './wait.ts';

/** A channel to one node, and the jobs that it was given. */
export type Link = {
  readonly id: Hex;
  readonly key: ChannelKey;
  readonly node: Address;
  readonly api: NodeApi;
  readonly quote: SignedQuote;
  readonly payments: Payments;
  /** By their id at the node. */
  readonly live: ReadonlyMap<Hex, Attempt>;
  readonly settled: Settled;
  /** Attempts that were given up since the link is open, and whose receipts may come yet. */
  readonly owed: number;
  /** `lost`: it does not answer, and is asked again and again. `over`: no more work is given to it. */
  readonly state: 'open' | 'lost' | 'over';
  /** Gives the node a job. @param isNew whether it has to be written down first */
  give(attempt: Attempt, isNew: boolean): void;
  /** Asks the node to stop a job, in the background. */
  stop(attempt: Attempt): void;
  /** Nobody waits for it any more. It is stopped; a receipt that comes nevertheless is checked and paid if it may be. */
  abandon(attempt: Attempt): void;
  /** Gives it no more work, and follows it no more. */
  end(): void;
};

export type LinkParameters = {
  readonly facts: ChannelFacts;
  readonly quote: SignedQuote;
  /** How the node saw the channel when it was announced; `undefined` when it could not be asked. */
  readonly view: ChannelView | undefined;
  readonly deposit: bigint;
  /** Attempts from before a restart, also those that were abandoned. */
  readonly attempts?: readonly Attempt[] | undefined;
  readonly onOver: (error: MillraceError) => void;
  readonly onPaid: (total: bigint) => void;
};

/** Opens the link: follows the channel, and pays. */
export function createLink(host: RentHost, parameters: LinkParameters): Link {
  const { facts, quote, deposit } = parameters;
  const key: ChannelKey = { ...facts, salt: BigInt(facts.salt) };
  const id = channelId(key);
  const api = createNodeApi(host.http, facts.endpoint);
  const keys = createNodeKeys(host, api, key.payee, quote);
  const ending = new AbortController();
  const signal = AbortSignal.any([host.signal, ending.signal]);
  const all = new Map<Hex, Attempt>((parameters.attempts ?? []).map((attempt) => [attempt.id, attempt]));
  const live = new Map([...all].filter(([, { state }]) => state === 'sending' || state === 'taken'));
  const terms = termsOf(parameters);
  let settled = facts.voucher === undefined ? NOTHING_SETTLED : fromSettledFacts(facts.voucher.settled);
  let state: Link['state'] = 'open';
  const givenUp = new Set<Attempt>();
  /** From before a restart: the node may have them already. */
  const givenBefore = new WeakSet<Attempt>();

  const payments = createPayments({
    host,
    api,
    key,
    saved: facts.voucher,
    deposit,
    price: terms.price,
    exposureCap: terms.exposureCap,
    fuelPerSecond: quote.body.fuelPerSecond,
    settled: () => settled,
    live: () => live.values(),
    onPaid: parameters.onPaid,
  });

  const announce = async (): Promise<void> => {
    await announceChannel(host, api, key, quote);
    await payments.resend();
  };

  const drop = (attempt: Attempt, next: Attempt['state']): void => {
    attempt.state = next;
    live.delete(attempt.id);
  };
  const fail = (attempt: Attempt, error: MillraceError): void => {
    if (attempt.state !== 'sending' && attempt.state !== 'taken') return;
    drop(attempt, 'abandoned');
    attempt.listener.onFailed(attempt, error);
  };

  const submitter = createSubmitter({
    host,
    api,
    channel: id,
    signal,
    announce,
    pay: payments.now,
    onRefused: (attempt, error) => {
      all.delete(attempt.id);
      fail(attempt, error);
    },
    onEndedBefore: (attempt) => void recall(attempt).catch(() => undefined),
  });

  /**
   * The end of an attempt whose receipt was counted before a restart, and whose result was not: once all events were heard, it
   * is asked for by itself. Its place in the chain was checked then.
   */
  const recall = async (attempt: Attempt): Promise<void> => {
    while (attempt.state === 'taken' && !signal.aborted) {
      const at = BigInt(Math.floor(Date.now() / 1_000));
      const read = signWire('read', { channel: id, from: 0, at }, host.session);
      const { receipts } = await api.channel(id, read);
      const { receipt, error } = await api.job(attempt.id);
      if (settled.frontier.size < receipts || receipt === undefined) {
        await wait(200, signal);
        continue;
      }
      if (attempt.state !== 'taken') return;
      checkReceipt(receipt, {
        node: key.payee,
        isKey: keys.has,
        job: attempt,
        now: Date.now(),
      });
      drop(attempt, 'ended');
      all.delete(attempt.id);
      attempt.listener.onEnded(attempt, { receipt, inline: undefined, error });
    }
  };

  const check = (event: ChannelEnd, attempt: Attempt): LastReceipt =>
    checkReceipt(event.receipt, {
      node: key.payee,
      isKey: keys.has,
      job: attempt,
      last: settled.last,
      now: Date.now(),
    });

  const onEnded = async (event: ChannelEnd): Promise<void> => {
    const expected = settled.frontier.size;
    // A stream that was broken repeats a little.
    if (event.sequence < expected) return;
    const attempt = all.get(event.id);
    if (attempt === undefined || attempt.state === 'ended') {
      const words = 'The node has a receipt for a job that it was not given.';
      const details = { flaw: 'OTHER_JOB', node: key.payee, job: event.id };
      throw new RentError('RENT_NODE_DISHONEST', words, details);
    }
    if (!keys.has(event.receipt.key)) await keys.refresh();
    const last = check(event, attempt);
    const wasAbandoned = attempt.state === 'abandoned';
    if (wasAbandoned && !attempt.listener.mayPay(attempt, event.receipt)) {
      const details = { node: key.payee, job: attempt.job };
      throw new RentError(
        'RENT_PRICE_CAP',
        'A job that was given up came back dearer than it may be.',
        details,
      );
    }
    settled = settle(settled, event.receipt.receipt, last);
    drop(attempt, 'ended');
    all.delete(attempt.id);
    givenUp.delete(attempt);
    payments.soon();
    const inline = event.result === undefined ? undefined : bytesOf(event.result);
    attempt.listener.onEnded(attempt, { receipt: event.receipt, inline, error: event.error });
  };

  const over = (error: MillraceError): void => {
    if (state === 'over') return;
    state = 'over';
    ending.abort();
    payments.stop();
    for (const attempt of [...live.values()]) fail(attempt, error);
    parameters.onOver(error);
  };

  void follow({
    host,
    api,
    channel: id,
    signal,
    next: () => settled.frontier.size,
    isAwaited: () => live.size > 0,
    announce,
    onEvent: async (event) => {
      const range = { from: settled.frontier.size, until: event.sequence };
      for await (const end of missedEnds(host, api, id, range)) await onEnded(end);
      if (event.type === 'ended') await onEnded(event);
      else payments.claim(event.work, event.isPaused);
    },
    onBack: () => {
      if (state === 'lost') host.note({ type: 'node-back', node: key.payee });
      if (state === 'lost') state = 'open';
      void payments
        .resend()
        .catch((error: unknown) => host.note({ type: 'trouble', error: toMillraceError(error) }));
      // It may have died before it wrote them down; the same nonce again is the same job.
      for (const attempt of live.values()) {
        if (attempt.state !== 'taken') continue;
        attempt.state = 'sending';
        submitter.add(attempt, false);
      }
    },
    onLost: (error) => {
      if (state !== 'open') return;
      state = 'lost';
      host.note({ type: 'node-lost', node: key.payee, error });
      host.learn(key.payee, 'vanished');
      for (const attempt of [...live.values()]) fail(attempt, error);
    },
    onOver: over,
  });

  const stop = (attempt: Attempt): void => {
    const at = BigInt(Math.floor(Date.now() / 1_000));
    // Whether it hears or not: its receipt says what it did.
    api.stop(attempt.id, signWire('stop', { id: attempt.id, at }, host.session)).catch(() => undefined);
  };

  return {
    id,
    key,
    node: key.payee,
    api,
    quote,
    payments,
    live,
    get settled() {
      return settled;
    },
    get owed() {
      return givenUp.size;
    },
    get state() {
      return state;
    },
    give(attempt, isNew) {
      all.set(attempt.id, attempt);
      live.set(attempt.id, attempt);
      if (!isNew) givenBefore.add(attempt);
      submitter.add(attempt, isNew);
    },
    stop,
    abandon(attempt) {
      if (attempt.state !== 'sending' && attempt.state !== 'taken') return;
      // One that never arrived has no receipt.
      if (attempt.state === 'taken' || givenBefore.has(attempt)) givenUp.add(attempt);
      drop(attempt, 'abandoned');
      stop(attempt);
    },
    end() {
      state = 'over';
      ending.abort();
      payments.stop();
    },
  };
}

/** What the node has signed, now or before a restart: at most what it quoted, as `announceChannel` has checked. */
function termsOf({ view, facts, quote }: LinkParameters): Pick<Terms, 'price' | 'exposureCap'> {
  if (view !== undefined) return view.terms.body;
  if (facts.terms === undefined) return quote.body;
  return readWireText(channelViewSchema.shape.terms, facts.terms).body;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
