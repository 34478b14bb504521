import {
  addWork,
  appendReceipt,
  computeDue,
  createSessionSecret,
  EMPTY_HEAD,
  NO_WORK,
  type Receipt,
  sessionKeyOf,
  signReceipt,
  type Work,
} from '@millrace/protocol/compute';
import fc from 'fast-check';
import { keccak256, zeroHash } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  type AttemptCost,
  checkReceipt,
  costOfAttempts,
  isAffordable,
  type LastReceipt,
  latenessOf,
  mostDueOf,
  mostWork,
  suggestDeposit,
} from '../../src/rent/index.ts';
import { addressOf, MODULE, NOW, specOf } from './arbitraries.ts';

const session = sessionKeyOf(createSessionSecret());
const stranger = sessionKeyOf(createSessionSecret());
const node = addressOf(1);
const id = keccak256('0x01');
const spec = specOf({}, { inputs: [MODULE] });
const sentAt = NOW - 2_000;

const facts: Omit<Receipt, 'sequence' | 'previous'> = {
  node,
  job: id,
  module: spec.module,
  inputs: spec.inputs,
  result: MODULE,
  outcome: 'DONE',
  fuel: 1_000n,
  checkpoints: zeroHash,
  endedAt: BigInt(NOW / 1_000),
  microseconds: 1_500_000n,
  microwattHours: 0n,
  microgramsLocation: 0n,
  microgramsMarket: 0n,
};
const expected = {
  node,
  isKey: (key: string) => key === session.publicKey,
  job: { id, spec, sentAt },
  now: NOW,
};

/** What is wrong with a receipt, if anything. */
function flawOf(receipt: Receipt, change: object = {}, key = session): unknown {
  try {
    checkReceipt(signReceipt(receipt, key), { ...expected, ...change });
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'RENT_NODE_DISHONEST', fault: 'provider' });
    return (error as { details: { flaw: string } }).details.flaw;
  }
}

describe('a receipt', () => {
  const first = appendReceipt(EMPTY_HEAD, facts);
  const second = appendReceipt(first.head, facts);
  const last: LastReceipt = { sequence: 0n, hash: first.head.previous, endedAt: facts.endedAt };

  it('of the job, in its place, is taken', () => {
    expect(flawOf(first.receipt)).toBeUndefined();
    expect(flawOf(second.receipt, { last })).toBeUndefined();
    // A receipt for somebody else lies between.
    const third = appendReceipt(appendReceipt(first.head, { ...facts, job: zeroHash }).head, facts);
    expect(flawOf(third.receipt, { last })).toBeUndefined();
    const resume = { checkpoint: MODULE, fuel: 10n ** 9n - 1_000n };
    const resumed = { ...first.receipt, inputs: [...spec.inputs, MODULE] };
    expect(flawOf(resumed, { job: { ...expected.job, resume } })).toBeUndefined();
  });

  it.each([
    ['OTHER_NODE', { node: addressOf(2) }],
    ['OTHER_JOB', { job: keccak256('0x02') }],
    ['OTHER_MODULE', { module: MODULE.replace('n5e', 'n5a') }],
    ['OTHER_INPUTS', { inputs: [] }],
    ['OTHER_INPUTS', { inputs: [MODULE, MODULE] }],
    ['CLOCK', { endedAt: facts.endedAt + 70n }],
    ['CLOCK', { endedAt: facts.endedAt - 70n }],
    ['FUEL_IMPLAUSIBLE', { fuel: spec.fuel + 1n }],
    ['TIME_IMPLAUSIBLE', { microseconds: 2_200_000n }],
    ['RESULT_MISSING', { result: '' as const }],
    ['RESULT_MISSING', { outcome: 'JOB_FAILED' }],
  ])('with a lie is refused: %s', (flaw, change) => {
    expect(flawOf({ ...first.receipt, ...change })).toBe(flaw);
  });

  it('that nobody certified signed, or that was changed afterwards, is refused', () => {
    expect(flawOf(first.receipt, {}, stranger)).toBe('OTHER_KEY');
    const forged = { ...signReceipt(first.receipt, session), receipt: { ...first.receipt, fuel: 999n } };
    expect(() => checkReceipt(forged, expected)).toThrow('NOT_SIGNED');
  });

  it('that repeats, goes back or breaks the chain is refused', () => {
    const other = keccak256('0x07');
    expect(flawOf(first.receipt, { last })).toBe('CHAIN_BROKEN');
    expect(flawOf({ ...second.receipt, previous: other }, { last })).toBe('CHAIN_BROKEN');
    expect(flawOf(second.receipt, { last: { ...last, endedAt: facts.endedAt + 1n } })).toBe('CHAIN_BROKEN');
  });
});

describe('what is paid', () => {
  const price = { perFuelWad: 10n ** 12n, perSecondWad: 10n ** 18n, perJob: 3n };
  const work = fc.record({
    fuel: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    microseconds: fc.bigInt({ min: 0n, max: 10n ** 7n }),
    jobs: fc.bigInt({ min: 0n, max: 100n }),
  });
  const jobs = fc.array(
    fc.record({
      fuel: fc.bigInt({ min: 1n, max: 10n ** 10n }),
      timeMilliseconds: fc.integer({ min: 1, max: 60_000 }),
      age: fc.integer({ min: 0, max: 120_000 }),
      resumed: fc.bigInt({ min: 0n, max: 100n }),
      speed: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 8 },
  );

  it('is always enough for honest work, and never more than the limits of the jobs', () => {
    fc.assert(
      fc.property(work, jobs, fc.bigInt({ min: 1n, max: 10n ** 9n }), (ended, list, fuelPerSecond) => {
        const running = list.map(({ fuel, timeMilliseconds, age, resumed }) => {
          const resumedAt = resumed < fuel ? resumed : 0n;
          return { spec: { fuel, timeMilliseconds }, sentAt: NOW - age, resumedAt };
        });
        const most = mostWork(ended, running, { fuelPerSecond, now: NOW });
        let [honest, limit]: [Work, Work] = [ended, ended];
        for (const [index, job] of running.entries()) {
          const { age = 0, speed = 1 } = list[index] ?? {};
          const micro = BigInt(Math.min(age, job.spec.timeMilliseconds)) * 1_000n;
          const left = job.spec.fuel - job.resumedAt;
          const done = (micro * fuelPerSecond * BigInt(speed)) / 100n / 1_000_000n;
          honest = addWork(honest, { fuel: done < left ? done : left, microseconds: micro, jobs: 1n });
          const all = BigInt(job.spec.timeMilliseconds) * 1_000n;
          limit = addWork(limit, { fuel: left, microseconds: all, jobs: 1n });
        }
        const due = (it: Work) => computeDue(it, price, 'up');
        expect(due(most)).toBeGreaterThanOrEqual(due(honest));
        expect(due(most)).toBeLessThanOrEqual(due(limit));
      }),
    );
    expect(mostWork(NO_WORK, [], { fuelPerSecond: 1n, now: NOW })).toEqual(NO_WORK);
  });

  it('never passes the price cap, over all attempts together', () => {
    const attempt: fc.Arbitrary<AttemptCost> = fc.oneof(
      fc.record({
        state: fc.constant('live' as const),
        price: fc.constant(price),
        resumedAt: fc.bigInt({ min: 0n, max: spec.fuel }),
      }),
      fc.record({
        state: fc.constant('ended' as const),
        price: fc.constant(price),
        receipt: fc.constantFrom('DONE', 'JOB_FAILED', 'HOST_MEMORY', 'MODULE_INVALID').map((outcome) => ({
          ...facts,
          outcome,
          sequence: 0n,
          previous: zeroHash,
        })),
      }),
      fc.record({ state: fc.constant('abandoned' as const), liability: fc.bigInt({ min: 0n, max: 5_000n }) }),
    );
    fc.assert(
      fc.property(
        fc.array(attempt, { maxLength: 5 }),
        fc.bigInt({ min: 0n, max: 20_000n }),
        (attempts, priceCap) => {
          const capped = { ...spec, needs: { ...spec.needs, priceCap } };
          const next = { price, resumedAt: 0n };
          const total = costOfAttempts(capped, attempts) + mostDueOf(capped, price);
          expect(isAffordable(capped, attempts, next)).toBe(total <= priceCap);
        },
      ),
    );
    const failed = {
      state: 'ended' as const,
      price,
      receipt: { ...facts, outcome: 'HOST_MEMORY', sequence: 0n, previous: zeroHash },
    };
    expect(costOfAttempts(spec, [failed])).toBe(0n);
  });

  it('is deposited: enough for one job, within what is there', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 0, max: 1_000 }),
        amount,
        amount,
        (mostDue, jobs, balance, most) => {
          const deposit = suggestDeposit({ mostDue, jobs, balance, most });
          const limit = [balance, most].reduce((a: bigint, b: bigint) => (a < b ? a : b));
          if (deposit === undefined) expect(limit < mostDue || limit === 0n).toBe(true);
          else {
            expect(deposit).toBeGreaterThanOrEqual(mostDue);
            expect(deposit).toBeGreaterThan(0n);
            expect(deposit).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
    expect(suggestDeposit({ mostDue: 100n, jobs: 100, balance: 10n ** 9n })).toBe(12_500n);
    expect(suggestDeposit({ mostDue: 0n, jobs: 1, balance: 5n })).toBe(1n);
  });
});

describe('lateness', () => {
  it('goes from fine to late to lost, and never back', () => {
    const times = fc.record({
      sentAt: fc.constant(NOW),
      waitMilliseconds: fc.integer({ min: 0, max: 10_000 }),
      fuelPerSecond: fc.bigInt({ min: 0n, max: 10n ** 10n }),
      typicalMilliseconds: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 200_000 }), fc.nat(200_000), (times, passed, more) => {
        const order = ['fine', 'late', 'lost'];
        const at = (ms: number) => order.indexOf(latenessOf(spec, times, NOW + ms));
        expect(at(0)).toBe(0);
        expect(at(passed + more)).toBeGreaterThanOrEqual(at(passed));
        expect(at(10_000_000)).toBe(2);
        // What takes as long as everybody expected is fine.
        const run = Math.min(times.typicalMilliseconds ?? Number.POSITIVE_INFINITY, 10_000);
        const honest = times.waitMilliseconds + (times.fuelPerSecond === 0n ? run : 0);
        expect(at(honest)).toBe(0);
      }),
    );
  });
});
