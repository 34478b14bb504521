import {
  addWork,
  appendToFrontier,
  EMPTY_FRONTIER,
  EMPTY_HEAD,
  epochOf,
  NO_WORK,
  type ReceiptFrontier,
  type ReceiptHead,
  type Work,
} from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import { forgetOldest, type Remembered } from './forget.ts';
import type {
  BooksFacts,
  ChannelFacts,
  CheckpointFacts,
  EndFacts,
  EscrowFacts,
  Home,
  JobFacts,
  JournalRecord,
  SeenFacts,
  VoucherFacts,
  WorkJson,
} from './records.ts';

/** One channel, as far as it is durable. */
export type ChannelState = {
  facts: ChannelFacts;
  seen: SeenFacts | undefined;
  best: VoucherFacts | undefined;
  work: Work;
  receipts: ReceiptFrontier;
  /** The number of the first of `events`; those before are forgotten. */
  firstEvent: number;
  /** The number of the first that is told as an event: of those before, only the receipts are kept. */
  firstTold: number;
  /** Ids of the jobs that ended, in the order of the receipts. */
  events: Hex[];
};

/** One job, until it is forgotten. */
type JobState = {
  facts: JobFacts;
  checkpoint?: CheckpointFacts;
  end?: EndFacts;
};

/** What the journal adds up to. */
export type NodeState = {
  home: Home | undefined;
  head: ReceiptHead;
  /** When the last job ended, unix milliseconds: receipts never go back in time. */
  lastEnd: number;
  /** Receipts by hour, until they are anchored. */
  epochs: Map<string, ReceiptFrontier>;
  channels: Map<Hex, ChannelState>;
  jobs: Map<Hex, JobState>;
  escrows: Map<Hex, EscrowFacts>;
  /** Ended jobs of `JobMarket`, oldest first. */
  escrowEnds: Hex[];
  nextBid: bigint;
  collected: bigint;
  done: number;
  failed: number;
};

export function emptyState(): NodeState {
  return {
    home: undefined,
    head: EMPTY_HEAD,
    lastEnd: 0,
    epochs: new Map(),
    channels: new Map(),
    jobs: new Map(),
    escrows: new Map(),
    escrowEnds: [],
    nextBid: 0n,
    collected: 0n,
    done: 0,
    failed: 0,
  };
}

function toWork({ fuel, microseconds, jobs }: WorkJson): Work {
  return { fuel: BigInt(fuel), microseconds: BigInt(microseconds), jobs: BigInt(jobs) };
}

export function toWorkJson({ fuel, microseconds, jobs }: Work): WorkJson {
  return { fuel: `${fuel}`, microseconds: `${microseconds}`, jobs: `${jobs}` };
}

/** Adds one fact. Facts about what is not known (any more) change nothing. */
export function applyRecord(state: NodeState, record: JournalRecord, remembered?: Remembered): void {
  switch (record.t) {
    case 'home':
      state.home = record.home;
      break;
    case 'channel':
      channelOf(state, record.channel.id, record.channel).facts = record.channel;
      break;
    case 'seen':
      update(state.channels.get(record.channel), (channel) => {
        channel.seen = record.seen;
      });
      break;
    case 'voucher':
      update(state.channels.get(record.channel), (channel) => {
        channel.best = record.voucher;
      });
      break;
    case 'job':
      state.jobs.set(record.job.id, { facts: record.job });
      break;
    case 'checkpoint':
      update(state.jobs.get(record.id), (job) => {
        // A snapshot may be written when its job has just ended.
        if (record.checkpoint === undefined) delete job.checkpoint;
        else if (job.end === undefined) job.checkpoint = record.checkpoint;
      });
      break;
    case 'ended':
      addReceipt(state, record.end);
      keepEnd(state, record.end);
      forgetOldest(state, remembered);
      break;
    case 'forget':
      state.channels.delete(record.channel);
      for (const [id, { facts }] of state.jobs) {
        if (facts.paidBy === 'channel' && facts.funding === record.channel) state.jobs.delete(id);
      }
      break;
    case 'anchored':
      state.epochs.delete(record.epoch);
      break;
    case 'bids':
      state.nextBid = BigInt(record.next);
      break;
    case 'escrow':
      if (record.escrow.stage === 'settled') state.escrows.delete(record.escrow.id);
      else state.escrows.set(record.escrow.id, record.escrow);
      break;
    case 'collected':
      state.collected += BigInt(record.amount);
      break;
    case 'receipts':
      state.head = { sequence: BigInt(record.sequence), previous: record.previous };
      state.epochs = new Map(Object.entries(record.epochs));
      state.lastEnd = record.lastEnd;
      state.done = record.done;
      state.failed = record.failed;
      break;
    case 'books':
      update(state.channels.get(record.channel), (channel) => restore(channel, record.books));
      break;
    case 'kept':
      keepEnd(state, record.end);
      break;
  }
}

/** The shortest list of facts that adds up to `state`. */
export function* toRecords(state: NodeState): Generator<JournalRecord> {
  const { home, head, lastEnd, epochs, done, failed } = state;
  if (home !== undefined) yield { t: 'home', home };
  const sums = { lastEnd, epochs: Object.fromEntries(epochs), done, failed };
  yield { t: 'receipts', sequence: head.sequence.toString(), previous: head.previous, ...sums };
  if (state.nextBid > 0n) yield { t: 'bids', next: state.nextBid.toString() };
  if (state.collected > 0n) yield { t: 'collected', amount: state.collected.toString() };
  for (const escrow of state.escrows.values()) yield { t: 'escrow', escrow };
  for (const channel of state.channels.values()) yield* channelRecords(channel);
  for (const { facts, checkpoint } of state.jobs.values()) {
    yield { t: 'job', job: facts };
    if (checkpoint !== undefined) yield { t: 'checkpoint', id: facts.id, checkpoint };
  }
  for (const { events } of state.channels.values()) yield* kept(state, events);
  yield* kept(state, state.escrowEnds);
}

function* channelRecords({
  facts,
  seen,
  best,
  work,
  receipts,
  firstEvent,
  firstTold,
}: ChannelState): Generator<JournalRecord> {
  const channel = facts.id;
  yield { t: 'channel', channel: facts };
  if (seen !== undefined) yield { t: 'seen', channel, seen };
  if (best !== undefined) yield { t: 'voucher', channel, voucher: best };
  yield { t: 'books', channel, books: { work: toWorkJson(work), receipts, firstEvent, firstTold } };
}

function* kept(state: NodeState, ids: readonly Hex[]): Generator<JournalRecord> {
  for (const id of ids) {
    const end = state.jobs.get(id)?.end;
    if (end !== undefined) yield { t: 'kept', end };
  }
}

function channelOf(state: NodeState, id: Hex, facts: ChannelFacts): ChannelState {
  const known = state.channels.get(id);
  if (known !== undefined) return known;
  const fresh: ChannelState = {
    facts,
    seen: undefined,
    best: undefined,
    work: NO_WORK,
    receipts: EMPTY_FRONTIER,
    firstEvent: 0,
    firstTold: 0,
    events: [],
  };
  state.channels.set(id, fresh);
  return fresh;
}

function restore(
  channel: ChannelState,
  { work, receipts, firstEvent, firstTold = firstEvent }: BooksFacts,
): void {
  channel.work = toWork(work);
  channel.receipts = receipts;
  channel.firstEvent = firstEvent;
  channel.firstTold = firstTold;
}

function addReceipt(state: NodeState, { id, at, hash, work, receipt }: EndFacts): void {
  state.head = { sequence: state.head.sequence + 1n, previous: hash };
  state.lastEnd = at;
  const epoch = epochOf(BigInt(Math.floor(at / 1_000))).toString();
  state.epochs.set(epoch, appendToFrontier(state.epochs.get(epoch) ?? EMPTY_FRONTIER, hash));
  if (receipt.receipt.outcome === 'DONE') state.done++;
  else state.failed++;
  const job = state.jobs.get(id);
  const channel = job?.facts.paidBy === 'channel' ? state.channels.get(job.facts.funding) : undefined;
  if (channel === undefined) return;
  channel.work = addWork(channel.work, toWork(work));
  channel.receipts = appendToFrontier(channel.receipts, hash);
}

function keepEnd(state: NodeState, end: EndFacts): void {
  const job = state.jobs.get(end.id);
  if (job === undefined) return;
  job.end = end;
  delete job.checkpoint;
  const { paidBy, funding } = job.facts;
  const events = paidBy === 'escrow' ? state.escrowEnds : state.channels.get(funding)?.events;
  if (events !== undefined) events.push(end.id);
  // Nobody can ask for a job of a channel that is forgotten.
  else state.jobs.delete(end.id);
}

function update<T>(found: T | undefined, change: (found: T) => void): void {
  if (found !== undefined) change(found);
}
