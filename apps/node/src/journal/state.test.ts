import fc from 'fast-check';
import { type Hex, keccak256, toHex } from 'viem';
import { expect, it } from 'vitest';
import type { Remembered } from './forget.ts';
import type { ChannelFacts, EndFacts, JobFacts, JournalRecord } from './records.ts';
import { applyRecord, emptyState, type NodeState, toRecords } from './state.ts';

const word = (text: string): Hex => keccak256(toHex(text));
const address = `0x${'a1'.repeat(20)}` as const;
const spec = {} as JobFacts['spec'];

const channelFacts = (id: Hex): ChannelFacts => ({
  id,
  key: { payer: address, payee: address, token: address, salt: '1' },
  price: { perFuelWad: '1', perSecondWad: '0', perJob: '2' },
  exposureCap: '3',
  since: '4',
  signature: '0x05',
  session: { key: word('key'), issuedAt: '6', expiry: '7' },
});
const endOf = (id: Hex, at: number, isDone: boolean): EndFacts => ({
  id,
  at,
  hash: word(`${id}${at}`),
  receipt: { receipt: { outcome: isDone ? 'DONE' : 'JOB_FAILED' }, key: word('k'), signature: '0x01' },
  work: { fuel: '10', microseconds: '20', jobs: '1' },
  result: 'AA==',
  events: 2,
});

const channel = fc.constantFrom(word('x'), word('y'));
/** A job that comes and, mostly, ends; each has its own number. */
const step = fc.record({
  kind: fc.constantFrom(
    'job',
    'escrow',
    'voucher',
    'seen',
    'checkpoint',
    'anchored',
    'bids',
    'collected',
    'forget',
  ),
  channel,
  ends: fc.boolean(),
  hours: fc.nat(3),
});

function recordsOf(steps: readonly Step[]): JournalRecord[] {
  const records: JournalRecord[] = [word('x'), word('y')].map((id) => ({
    t: 'channel',
    channel: channelFacts(id),
  }));
  for (const [at, { kind, channel, ends, hours }] of steps.entries()) {
    const id = word(`job ${at}`);
    if (kind === 'job' || kind === 'escrow') {
      const paidBy = kind === 'job' ? 'channel' : 'escrow';
      records.push({ t: 'job', job: { id, funding: channel, paidBy, spec, at } });
      if (ends) records.push({ t: 'ended', end: endOf(id, hours * 3_600_000 + at, at % 2 === 0) });
    } else if (kind === 'voucher') {
      records.push({
        t: 'voucher',
        channel,
        voucher: { total: `${at}`, receiptsRoot: id, signature: '0x01' },
      });
    } else if (kind === 'seen') {
      records.push({ t: 'seen', channel, seen: { deposit: `${at}`, paid: '0', state: 'open' } });
    } else if (kind === 'checkpoint') {
      const checkpoint = { checkpoint: 'c', fuel: '1', state: id, microseconds: '2' };
      records.push({ t: 'checkpoint', id: word(`job ${at - 1}`), checkpoint });
      if (ends) records.push({ t: 'checkpoint', id: word(`job ${at - 1}`) });
    } else if (kind === 'anchored') records.push({ t: 'anchored', epoch: `${hours}` });
    else if (kind === 'forget') records.push({ t: 'forget', channel });
    else if (kind === 'bids') records.push({ t: 'bids', next: `${at + 1}` });
    else records.push({ t: 'collected', amount: `${at + 1}` });
  }
  return records;
}

type Step = { kind: string; channel: Hex; ends: boolean; hours: number };

function fold(records: Iterable<JournalRecord>, remembered?: Remembered): NodeState {
  const state = emptyState();
  for (const record of records) applyRecord(state, JSON.parse(JSON.stringify(record)), remembered);
  return state;
}

const few: Remembered = { results: { ofChannel: 2, ofAll: 3 }, receipts: { ofChannel: 4, ofAll: 6 } };

it('a journal that was rewritten adds up to the same, for any history', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      for (const remembered of [undefined, few]) {
        const state = fold(recordsOf(steps), remembered);
        expect(fold(toRecords(state), remembered)).toEqual(state);
      }
    }),
  );
});

it('results are forgotten before receipts are, the oldest first, and no more than is remembered stays', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const state = fold(recordsOf(steps), few);
      const whole = fold(recordsOf(steps));
      let [receipts, results] = [state.escrowEnds.length, state.escrowEnds.length];
      for (const [id, { events, firstEvent, firstTold }] of state.channels) {
        expect(events).toEqual(whole.channels.get(id)?.events.slice(firstEvent));
        const has = events.map((each) => state.jobs.get(each)?.end?.result !== undefined);
        expect(has).toEqual(events.map((_each, at) => firstEvent + at >= firstTold));
        receipts += events.length;
        results += events.length - (firstTold - firstEvent);
      }
      expect(receipts).toBeLessThanOrEqual(few.receipts.ofAll);
      expect(results).toBeLessThanOrEqual(few.results.ofAll);
    }),
  );
});

it('a channel that is forgotten is gone with its jobs; what was done, and the others, are not', () => {
  const [x, y] = [word('x'), word('y')];
  const steps = [x, y, x, y].map((channel, at) => ({ kind: 'job', channel, ends: true, hours: at }));
  const before = fold(recordsOf(steps));
  const records: JournalRecord[] = [...recordsOf(steps), { t: 'forget', channel: x }];
  const state = fold(records);
  expect([...state.channels.keys()]).toEqual([y]);
  expect([...state.jobs.values()].map(({ facts }) => facts.funding)).toEqual([y, y]);
  const { head, lastEnd, epochs, done, failed } = before;
  expect(state).toMatchObject({ head, lastEnd, epochs, done, failed });
  expect(JSON.stringify([...toRecords(state)])).not.toContain(x);
  expect(fold(toRecords(state))).toEqual(state);
});
