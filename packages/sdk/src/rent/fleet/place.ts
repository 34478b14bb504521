import { type MillraceError, toMillraceError } from '@millrace/protocol';
import { jobIdOf, signWire } from '@millrace/protocol/wire';
import type { Address } from 'viem';
import type { Attempt, AttemptListener } from '../channel/attempt.ts';
import { addToChannel, getFunds } from '../channel/fund.ts';
import type { Link } from '../channel/link.ts';
import { openLink } from '../channel/open-link.ts';
import { wait } from '../channel/wait.ts';
import { RentError } from '../error/rent-error.ts';
import { randomWord } from '../job/random-word.ts';
import { suggestDeposit } from '../plan/suggest-deposit.ts';
import { verdictOfError } from '../plan/verdict.ts';
import { mostDueOf } from '../rank/estimate-offer.ts';
import type { RankedOffer } from '../rank/rank-offers.ts';
import { type FleetState, rankingFor, refuse, rest, slotOf, typicalOf } from './fleet-state.ts';
import { orderCandidates } from './order-candidates.ts';
import { canAfford, liveTries, type Run, type Try } from './run.ts';
import { type Slot, windowOf } from './slot.ts';
import { whyNowhere } from './why-nowhere.ts';

/** What became of placing a job. */
export type Placing =
  | { readonly kind: 'placed'; readonly current: Try }
  /** A node will have room, or a channel is being opened. */
  | { readonly kind: 'later'; readonly for: 'room' | 'channel' }
  /** No node can have it; `mayPass`: one that fits is away for the moment. */
  | { readonly kind: 'nowhere'; readonly why: () => MillraceError; readonly mayPass: boolean };

/** How many of the best are looked at for each job. */
const MOST_CANDIDATES = 32;
/** How long a node may take to see a top-up. */
const SEEING_MILLISECONDS = 15_000;
/** A deposit that could not be topped up waits for work to end, or for money. */
const SHORT_MILLISECONDS = 5_000;

export type PlaceHooks = {
  readonly listener: (run: Run) => AttemptListener;
  readonly onOpen: (slot: Slot, link: Link) => void;
  readonly onOver: (slot: Slot, link: Link | undefined, error: MillraceError) => void;
  readonly onPaid: (slot: Slot, total: bigint) => void;
};

/**
 * Gives a job to the best node that has room.
 *
 * @param idleOnly only nodes with a free slot: to give a job twice must not keep others waiting
 */
export function placeRun(state: FleetState, hooks: PlaceHooks, run: Run, idleOnly = false): Placing {
  const now = Date.now();
  const { ranked, dismissed } = rankingFor(state, run);
  const busy = new Set(liveTries(run).map(({ link }) => link.node));
  const usable = ranked.filter(({ offer: { ask } }) => {
    const slot = state.slots.get(ask.node);
    if (busy.has(ask.node) || (run.excluded.get(ask.node) ?? 0) > now) return false;
    if (state.refused.has(run.group, ask.node)) return false;
    return (slot?.restUntil ?? 0) <= now && slot?.link?.state !== 'lost';
  });
  let [inUse, hasRoomLater, isOpening, tooDear] = [0, false, false, false];
  let short: MillraceError | undefined;
  for (const { offer } of usable) {
    const slot = state.slots.get(offer.ask.node);
    if (slot?.link !== undefined || slot?.opening !== undefined) inUse += 1;
  }
  const ordered = orderCandidates(usable.slice(0, MOST_CANDIDATES), {
    spec: run.spec,
    prefer: state.prefer,
    typicalMilliseconds: typicalOf(state, run),
    loadOf: ({ offer: { ask } }) => ({
      jobs: state.slots.get(ask.node)?.link?.live.size ?? 0,
      slots: Math.max(1, ask.queue.slots),
    }),
  });
  for (const candidate of ordered) {
    const { ask } = candidate.offer;
    const slot = slotOf(state, ask.node, ask.endpoint);
    if (slot.link === undefined) {
      if (state.held > 0) hasRoomLater = true;
      else if (slot.opening === undefined && inUse < run.nodes) {
        if (!canAfford(run, ask.price)) {
          tooDear = true;
          continue;
        }
        inUse += 1;
        open(state, hooks, slot, run);
      }
      if (slot.opening !== undefined) isOpening = true;
      // One job waits for the best node rather than to open channels to all.
      if (run.nodes === 1 && (hasRoomLater || isOpening)) break;
      continue;
    }
    const { link } = slot;
    if (!canAfford(run, link.quote.body.price)) {
      tooDear = true;
      continue;
    }
    const slots = Math.max(1, link.quote.body.queue.slots);
    const room = idleOnly ? slots : windowOf(slot, jobMilliseconds(state, run, candidate));
    if (link.live.size >= room) hasRoomLater = true;
    else if (hasDeposit(state, slot, link, run)) {
      return { kind: 'placed', current: give(hooks, run, slot, link, candidate) };
    } else if (slot.toppingUp !== undefined || link.live.size > 0) hasRoomLater = true;
    else short = slot.short?.error;
  }
  if (hasRoomLater || isOpening) return { kind: 'later', for: hasRoomLater ? 'room' : 'channel' };
  const mayPass =
    short === undefined && !tooDear && ranked.some(({ offer }) => isAway(state, run, offer.ask.node));
  return { kind: 'nowhere', why: () => short ?? whyNowhere(state, run, dismissed, tooDear), mayPass };
}

function isAway(state: FleetState, run: Run, node: Address): boolean {
  if (state.refused.has(run.group, node)) return false;
  const slot = state.slots.get(node);
  if (slot?.link?.state === 'lost') return true;
  if (slot === undefined || slot.restUntil <= Date.now()) return run.excluded.has(node);
  return slot.lastError?.retryable === true;
}

function jobMilliseconds(state: FleetState, run: Run, candidate: RankedOffer): number {
  const known = typicalOf(state, run);
  if (known !== undefined) return known;
  return Math.max(0, candidate.completionSeconds - candidate.startSeconds) * 1_000;
}

function give(hooks: PlaceHooks, run: Run, slot: Slot, link: Link, { offer }: RankedOffer): Try {
  const nonce = randomWord();
  const now = Date.now();
  const attempt: Attempt = {
    job: run.id,
    spec: run.spec,
    nonce,
    id: jobIdOf(link.id, nonce),
    resume: run.checkpoint,
    sentAt: now,
    waitMilliseconds: offer.ask.queue.waitMilliseconds,
    startedAt: undefined,
    state: 'sending',
    listener: hooks.listener(run),
  };
  const { price } = link.quote.body;
  const mostDue = mostDueOf(run.spec, price);
  const current: Try = { attempt, link, price, mostDue, since: now };
  run.tries.push(current);
  slot.reserved += mostDue;
  link.give(attempt, true);
  run.feed.push({ at: now, type: 'chosen', node: link.node, endpoint: link.api.endpoint, mostDue });
  return current;
}

/** Whether the deposit covers the job at its limits, beside those that the node has; tops it up where it does not. */
function hasDeposit(state: FleetState, slot: Slot, link: Link, run: Run): boolean {
  const { deposit, spent } = link.payments;
  const taken = spent + slot.reserved;
  const mostDue = mostDueOf(run.spec, link.quote.body.price);
  if (taken + mostDue <= deposit) return true;
  if ((slot.short?.until ?? 0) > Date.now()) return false;
  slot.toppingUp ??= topUp(state, link, mostDue)
    .catch((cause: unknown) => {
      slot.short = { until: Date.now() + SHORT_MILLISECONDS, error: toMillraceError(cause) };
    })
    .finally(() => {
      slot.toppingUp = undefined;
      state.pump();
    });
  return false;
}

async function topUp({ host, limits, pending }: FleetState, link: Link, mostDue: bigint): Promise<void> {
  const balance = await getFunds(host);
  const { deposit } = link.payments;
  const most = limits.mostDeposit === undefined ? balance : limits.mostDeposit - deposit;
  const jobs = Math.max(1, pending.size);
  // Doubled each time: a transaction for every few jobs would cost more than they do.
  const least = limits.leastDeposit ?? deposit;
  const amount = suggestDeposit({ mostDue, jobs, balance, most, least });
  if (amount === undefined) {
    const words = `The deposit of ${deposit} does not cover one more job, and ${balance} are left.`;
    throw new RentError('RENT_FUNDS', words, { deposit, balance, mostDue, mostDeposit: limits.mostDeposit });
  }
  const total = await addToChannel(host, limits.funding ?? 'permit', link.key, amount);
  await host.store.append({ type: 'deposit', channel: link.id, deposit: `${total}` });
  await awaitDeposit(host, link, total);
  link.payments.observe({ deposit: total });
  host.note({ type: 'channel-topped-up', channel: link.id, deposit: total });
}

/** Until the node has seen the block: it would refuse before. Gives up after a while; the refusal is handled as well. */
async function awaitDeposit(host: FleetState['host'], link: Link, deposit: bigint): Promise<void> {
  const until = Date.now() + SEEING_MILLISECONDS;
  for (let pause = 50; Date.now() < until && !host.signal.aborted; pause = Math.min(1_000, pause * 2)) {
    const at = BigInt(Math.floor(Date.now() / 1_000));
    const read = signWire('read', { channel: link.id, from: 0, at }, host.session);
    const view = await link.api.channel(link.id, read).catch(() => undefined);
    if (view !== undefined && view.deposit >= deposit) return;
    await wait(pause, host.signal);
  }
}

function open(state: FleetState, hooks: PlaceHooks, slot: Slot, run: Run): void {
  const jobs = Math.max(1, Math.ceil(state.pending.alike(run) / run.nodes));
  let link: Link | undefined;
  slot.opening = openLink(state.host, {
    ...state.limits,
    node: slot.node,
    endpoint: slot.endpoint,
    spec: run.spec,
    jobs,
    onOver: (error) => hooks.onOver(slot, link, error),
    onPaid: (total) => hooks.onPaid(slot, total),
  })
    .then((opened) => {
      link = opened;
      [slot.link, slot.failures] = [opened, 0];
      hooks.onOpen(slot, opened);
    })
    .catch((cause: unknown) => {
      const error = toMillraceError(cause);
      const { refuses } = verdictOfError(error);
      if (refuses === undefined) rest(slot, error);
      else refuse(state, run, slot, error, refuses);
      hooks.onOver(slot, undefined, error);
    })
    .finally(() => {
      slot.opening = undefined;
      state.pump();
    });
}
