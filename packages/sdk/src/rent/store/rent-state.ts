import type { Hex } from 'viem';
import { NO_MEMORY, type NodeMemory, remember } from '../memory/node-memory.ts';
import type { RentRecord } from './rent-record.ts';

type Of<type extends RentRecord['type']> = Extract<RentRecord, { type: type }>;

/** What is known of a channel. */
export type ChannelFacts = Omit<Of<'channel'>, 'type'> & {
  deposit?: string;
  terms?: string;
  voucher?: Pick<Of<'voucher'>, 'total' | 'receiptsRoot' | 'settled'>;
  over?: Of<'channel-over'>['why'];
};

/** What is known of an attempt. */
export type AttemptFacts = Omit<Of<'attempt'>, 'type' | 'job'> & { liability?: string };

/** What is known of a job. */
export type JobFacts = Omit<Of<'job'>, 'type'> & {
  attempts: AttemptFacts[];
  checkpoint?: { readonly checkpoint: string; readonly fuel: string };
  ended?: Omit<Of<'ended'>, 'type' | 'job'>;
};

/** What all records of a renter add up to. */
export type RentState = {
  session?: Omit<Of<'session'>, 'type'>;
  readonly channels: Map<Hex, ChannelFacts>;
  /** In the order in which they were taken on. */
  readonly jobs: Map<string, JobFacts>;
  /** Orders that may stand on chain, by their hash. */
  readonly intents: Map<Hex, Omit<Of<'escrow-intent'>, 'type'>>;
  /** Jobs whose price is held on chain. */
  readonly escrows: Map<Hex, Omit<Of<'escrow'>, 'type'>>;
  memory: NodeMemory;
};

/** Ended jobs that are kept when a journal is written anew: the newest. */
const ENDED_JOBS_KEPT = 10_000;

/** Before the first record. */
export function emptyRentState(): RentState {
  return { channels: new Map(), jobs: new Map(), intents: new Map(), escrows: new Map(), memory: NO_MEMORY };
}

/** Adds a record to a state, in place. A record of something unknown is passed over: its beginning was left out as too old. */
export function applyRentRecord(state: RentState, record: RentRecord): void {
  switch (record.type) {
    case 'session':
      state.session = { secret: record.secret, certificate: record.certificate };
      return;
    case 'channel':
      state.channels.set(record.id, without(record));
      return;
    case 'experience':
      state.memory = remember(state.memory, record.node, record.experience, record.at / 1_000);
      return;
    case 'escrow-intent':
      state.intents.set(record.order, without(record));
      return;
    case 'escrow-intent-over':
      state.intents.delete(record.order);
      return;
    case 'escrow':
      if (record.order !== undefined) state.intents.delete(record.order);
      state.escrows.set(record.id, without(record));
      return;
    case 'escrow-settled':
      state.escrows.delete(record.id);
      return;
    case 'memory':
      state.memory = record.memory;
      return;
    case 'job':
      state.jobs.set(record.id, { ...without(record), attempts: [] });
      return;
    case 'deposit':
    case 'terms':
    case 'voucher':
    case 'channel-over':
      applyToChannel(state.channels.get(record.channel), record);
      return;
    default:
      applyToJob(state.jobs.get(record.job), record);
  }
}

function applyToChannel(
  channel: ChannelFacts | undefined,
  record: Of<'deposit' | 'terms' | 'voucher' | 'channel-over'>,
): void {
  if (channel === undefined) return;
  if (record.type === 'deposit') channel.deposit = record.deposit;
  else if (record.type === 'terms') channel.terms = record.terms;
  else if (record.type === 'channel-over') channel.over = record.why;
  else {
    const { total, receiptsRoot, settled } = record;
    channel.voucher = { total, receiptsRoot, settled };
  }
}

function applyToJob(
  job: JobFacts | undefined,
  record: Of<'attempt' | 'abandoned' | 'checkpoint' | 'ended'>,
): void {
  if (job === undefined) return;
  if (record.type === 'attempt') {
    const { type: _type, job: _job, ...attempt } = record;
    job.attempts.push(attempt);
  } else if (record.type === 'abandoned') {
    const attempt = job.attempts.find(({ nonce }) => nonce === record.nonce);
    if (attempt !== undefined) attempt.liability = record.liability;
  } else if (record.type === 'checkpoint') {
    job.checkpoint = { checkpoint: record.checkpoint, fuel: record.fuel };
  } else {
    const { type: _type, job: _job, ...ended } = record;
    job.ended = ended;
  }
}

/** A short list of records that adds up to a state, but for ended jobs that are old. */
export function* rentRecordsOf(state: RentState): Generator<RentRecord> {
  if (state.session !== undefined) yield { type: 'session', ...state.session };
  if (state.memory !== NO_MEMORY) yield { type: 'memory', memory: state.memory };
  for (const channel of state.channels.values()) yield* recordsOfChannel(channel);
  for (const intent of state.intents.values()) yield { type: 'escrow-intent', ...intent };
  for (const escrow of state.escrows.values()) yield { type: 'escrow', ...escrow };
  const jobs = [...state.jobs.values()];
  const surplus = jobs.filter(({ ended }) => ended !== undefined).length - ENDED_JOBS_KEPT;
  let dropped = 0;
  for (const job of jobs) {
    if (job.ended !== undefined && dropped < surplus) dropped += 1;
    else yield* recordsOfJob(job);
  }
}

function* recordsOfChannel(facts: ChannelFacts): Generator<RentRecord> {
  const { deposit, terms, voucher, over, ...channel } = facts;
  yield { type: 'channel', ...channel };
  if (deposit !== undefined) yield { type: 'deposit', channel: channel.id, deposit };
  if (terms !== undefined) yield { type: 'terms', channel: channel.id, terms };
  if (voucher !== undefined) yield { type: 'voucher', channel: channel.id, ...voucher };
  if (over !== undefined) yield { type: 'channel-over', channel: channel.id, why: over };
}

function* recordsOfJob(facts: JobFacts): Generator<RentRecord> {
  const { attempts, checkpoint, ended, ...job } = facts;
  yield { type: 'job', ...job };
  for (const { liability, ...attempt } of attempts) {
    yield { type: 'attempt', job: job.id, ...attempt };
    if (liability === undefined) continue;
    yield { type: 'abandoned', job: job.id, nonce: attempt.nonce, liability };
  }
  if (checkpoint !== undefined) yield { type: 'checkpoint', job: job.id, ...checkpoint };
  if (ended !== undefined) yield { type: 'ended', job: job.id, ...ended };
}

function without<T extends { type: string }>({ type: _type, ...rest }: T): Omit<T, 'type'> {
  return rest;
}
