import { formatJobSpec, parseJobSpec } from '@millrace/protocol/compute';
import { type Hex, padHex } from 'viem';
import { expect, it } from 'vitest';
import type { JobFacts } from '../journal/records.ts';
import type { Group } from './fair-queue.ts';
import { createLiveJob, type LiveJob } from './live-job.ts';
import { MOST_UNWRITTEN, Scheduler } from './scheduler.ts';

const SPEC = parseJobSpec({
  version: 1,
  module: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
  fuel: 1_000n,
  needs: { priceCap: 1n },
});
const RATES = { integer: 10n ** 9n, float: 10n ** 9n };

function job(index: number): LiveJob {
  const id: Hex = padHex(`0x${index}`);
  const facts: JobFacts = {
    id,
    funding: id,
    paidBy: 'channel',
    at: 0,
    spec: formatJobSpec(SPEC),
  };
  return createLiveJob(facts, RATES);
}

function group(): Group {
  return { waiting: [], running: new Set(), virtual: 0, mayStart: () => true };
}

/** A scheduler of one slot whose jobs end when they are told to. */
function oneSlot() {
  const runs: { job: LiveJob; leave: () => void; end: (how: 'ended' | 'again') => void }[] = [];
  const scheduler = new Scheduler(1, (job, leave) => new Promise((end) => runs.push({ job, leave, end })));
  const [first, second] = [job(1), job(2)];
  const payer = group();
  scheduler.add(payer, first);
  scheduler.add(payer, second);
  return { scheduler, payer, runs, first, second };
}

it('gives the slot of a job that is settled to the next, and remembers the job until it is written down', async () => {
  const { scheduler, payer, runs, first, second } = oneSlot();
  expect(runs.map((run) => run.job)).toEqual([first]);
  runs[0]?.leave();
  expect(runs.map((run) => run.job)).toEqual([first, second]);
  expect([...payer.running]).toEqual([second]);
  expect(scheduler.get(first.id)).toBe(first);
  expect(scheduler.state()).toMatchObject({ running: 1, waiting: 0 });

  let idle = false;
  void scheduler.whenIdle().then(() => {
    idle = true;
  });
  runs[1]?.leave();
  runs[1]?.end('ended');
  await Promise.resolve();
  expect([scheduler.size, scheduler.state().running, idle]).toEqual([1, 0, false]);
  runs[0]?.end('ended');
  await new Promise((resolve) => setImmediate(resolve));
  expect([scheduler.size, idle]).toEqual([0, true]);
  expect(scheduler.get(first.id)).toBeUndefined();
});

it('starts no more when too many ends wait for the disk', async () => {
  const { scheduler, runs, payer } = oneSlot();
  for (let index = 3; index <= MOST_UNWRITTEN + 10; index++) scheduler.add(payer, job(index));
  for (const run of runs) run.leave();
  expect(runs).toHaveLength(MOST_UNWRITTEN);
  expect(scheduler.state().running).toBe(0);
  runs[0]?.end('ended');
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs).toHaveLength(MOST_UNWRITTEN + 1);
});

it('leaves once, whatever comes first, and runs what has to run again before the others', async () => {
  const { runs, first, payer } = oneSlot();
  runs[0]?.end('again');
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs.map((run) => run.job)).toEqual([first, first]);
  expect(payer.running.size).toBe(1);
  runs[0]?.leave();
  expect(runs).toHaveLength(2);
});
