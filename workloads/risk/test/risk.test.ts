import { type JobSnapshot, openSandbox, PauseGate, type Sandbox } from '@millrace/sandbox';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  loadHistory,
  mergeRisk,
  type RiskPiece,
  type RiskPlan,
  type RiskShare,
  readShare,
  riskJob,
  splitRisk,
} from '../src/index.ts';
import { philox, referenceLosses } from './reference.ts';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
let stocks: RiskPlan;
let ether: RiskPlan;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 2 });
  stocks = {
    history: await loadHistory('stocks-monthly'),
    positions: { AAPL: 40_000_00n, MSFT: 35_000_00n, AMZN: 25_000_00n, IBM: 20_000_00n, SP500: -30_000_00n },
    steps: 12,
    block: 3,
    paths: 20_000,
    seed: 7n,
  };
  ether = {
    history: await loadHistory('eth-usd-hourly'),
    positions: { ETH: 100_000_00n },
    steps: 24,
    block: 6,
    paths: 20_000,
    seed: 2n ** 63n + 11n,
  };
});
afterAll(() => sandbox.close());

async function share(plan: RiskPlan, piece: RiskPiece): Promise<RiskShare> {
  const job = await riskJob(plan, piece);
  const { output } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
  return readShare(output);
}

async function alone(plan: RiskPlan) {
  return mergeRisk(plan.paths, [await share(plan, { first: 0, count: plan.paths })]);
}

it('draws what the authors of Philox drew', () => {
  const word = 0xffffffffn;
  expect(philox([0n, 0n, 0n, 0n], [0n, 0n])).toEqual([0x6627e8d5n, 0xe169c58dn, 0xbc57ac4cn, 0x9b00dbd8n]);
  expect(philox([word, word, word, word], [word, word])).toEqual([
    0x408f276dn,
    0x41c83b0en,
    0xa20bc7c6n,
    0x6d5451fdn,
  ]);
});

it.each(['stocks', 'ether'] as const)('agrees with another calculation, loss by loss: %s', async (name) => {
  const plan = { ...(name === 'stocks' ? stocks : ether), paths: 600 };
  const losses = referenceLosses(plan, plan.paths);
  // A piece of at most the tail's size brings all of its losses.
  for (let first = 0; first < plan.paths; first += 30) {
    const { tail } = await share(plan, { first, count: 30 });
    const expected = losses.slice(first, first + 30).sort((a, b) => (a > b ? -1 : 1));
    expect([...tail]).toEqual(expected);
  }
  const report = await alone(plan);
  const worst = losses.sort((a, b) => (a > b ? -1 : 1));
  expect(report.var95).toBe(worst[30]);
  expect(report.var99).toBe(worst[6]);
  expect(report.worst).toBe(worst[0]);
  const mean = Number(worst.reduce((sum, loss) => sum + loss)) / plan.paths;
  expect(Number(report.meanLoss)).toBe(Math.ceil(mean));
});

it('is the same for any split, in any order', async () => {
  const whole = await alone(stocks);
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: stocks.paths - 1 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(cuts, fc.infiniteStream(fc.nat()), async (at, order) => {
      const ends = [...at.sort((a, b) => a - b), stocks.paths];
      const pieces = ends.map((end, index) => ({
        first: ends[index - 1] ?? 0,
        count: end - (ends[index - 1] ?? 0),
      }));
      const shares = await Promise.all(pieces.map((piece) => share(stocks, piece)));
      const shuffled = shares
        .map((each) => ({ each, key: order.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ each }) => each);
      expect(mergeRisk(stocks.paths, shuffled)).toEqual(whole);
    }),
    { numRuns: 8 },
  );
});

it('splits evenly, and gives the same for any number of machines', async () => {
  const whole = await alone(ether);
  for (const machines of [2, 3, 7]) {
    const pieces = splitRisk(ether.paths, machines);
    expect(pieces).toHaveLength(machines);
    const shares = await Promise.all(pieces.map((piece) => share(ether, piece)));
    expect(mergeRisk(ether.paths, shares)).toEqual(whole);
  }
  expect(splitRisk(3, 10)).toHaveLength(3);
});

it('stands still when told to, and goes on from a snapshot to the same share', async () => {
  // Long enough for word of its progress to come back while it runs.
  const job = await riskJob({ ...stocks, paths: 400_000 }, { first: 0, count: 400_000 });
  const order = { ...job, input: Buffer.concat(job.inputs) };
  const plain = await sandbox.run(order);
  const gate = new PauseGate();
  const controller = new AbortController();
  let snapshot: JobSnapshot | undefined;
  const abandoned = sandbox.run({
    ...order,
    gate,
    signal: controller.signal,
    snapshotSeconds: 1_000,
    onProgress: () => gate.pause(),
    onSnapshot: (taken) => {
      snapshot = taken;
      controller.abort();
    },
  });
  await expect(abandoned).rejects.toMatchObject({ code: 'JOB_STOPPED' });
  const { bytes, fuel } = snapshot as JobSnapshot;
  expect(fuel).toBeGreaterThan(0n);
  expect(fuel).toBeLessThan(plain.fuel);
  expect(await sandbox.run({ ...order, resume: bytes })).toEqual(plain);
});

it('comes to the quantile of the history itself, one step ahead', async () => {
  const plan = { ...ether, steps: 1, block: 1, paths: 400_000 };
  const { var95, var99 } = await alone(plan);
  const losses = plan.history.stretches
    .flatMap((stretch) =>
      stretch
        .slice(1)
        .map(([price], line) => 1 - (price as number) / ((stretch[line] as number[])[0] as number)),
    )
    .sort((a, b) => b - a);
  // Between the neighbours of the quantile: a draw of so many paths is at most a few of the 1,005 rows off.
  const near = (share: number) => [
    losses[Math.floor(losses.length * share) + 3],
    losses[Math.floor(losses.length * share) - 3],
  ];
  for (const [value, share] of [
    [var95, 0.05],
    [var99, 0.01],
  ] as const) {
    const [least, most] = near(share) as [number, number];
    expect(Number(value)).toBeGreaterThan(least * 100_000_00);
    expect(Number(value)).toBeLessThan(most * 100_000_00);
  }
});

it('reports more loss where it is less likely', async () => {
  const { var95, var99, shortfall95, shortfall99, worst, meanLoss } = await alone(ether);
  expect(var95).toBeLessThan(var99);
  expect(var95).toBeLessThan(shortfall95);
  expect(var99).toBeLessThan(shortfall99);
  expect(shortfall99).toBeLessThan(worst);
  expect(meanLoss).toBeLessThan(var95);
});

it('orders as much fuel as it takes, and not twice as much', async () => {
  const names = ['A', 'B', 'C', 'D', 'E'];
  const price = fc.integer({ min: 90, max: 110 });
  const orders = fc.record({
    assets: fc.integer({ min: 1, max: 5 }),
    steps: fc.integer({ min: 1, max: 30 }),
    block: fc.integer({ min: 1, max: 9 }),
    lines: fc.array(fc.tuple(price, price, price, price, price), { minLength: 10, maxLength: 40 }),
    paths: fc.integer({ min: 5_000, max: 50_000 }),
    count: fc.integer({ min: 1_000, max: 5_000 }),
  });
  await fc.assert(
    fc.asyncProperty(orders, async ({ assets, lines, count, ...rest }) => {
      const history = {
        assets: names.slice(0, assets),
        stretches: [lines.map((line) => line.slice(0, assets))],
      };
      const positions = Object.fromEntries(history.assets.map((name) => [name, 1_000_000n]));
      const job = await riskJob({ history, positions, seed: 3n, ...rest }, { first: 0, count });
      const { fuel } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
      expect(Number(job.limits.fuel - 1_000_000n)).toBeLessThan(2 * Number(fuel));
    }),
    { numRuns: 40 },
  );
});

it('refuses pieces that are missing, twice, or of another plan', async () => {
  const [first, second] = await Promise.all(splitRisk(ether.paths, 2).map((piece) => share(ether, piece)));
  const shares = [first, second] as [RiskShare, RiskShare];
  expect(() => mergeRisk(ether.paths, [shares[0]])).toThrow('not all paths');
  expect(() => mergeRisk(ether.paths, [shares[0], shares[0], shares[1]])).toThrow('not all paths');
  expect(() => mergeRisk(ether.paths / 2, [shares[0]])).toThrow('not all paths');
});

it('fails on a plan that is damaged, instead of answering', async () => {
  const job = await riskJob(ether, { first: 0, count: 10 });
  for (const at of [0, 16, 24, 32]) {
    const input = Buffer.concat(job.inputs);
    input[at] = (input[at] as number) ^ 0xff;
    await expect(sandbox.run({ ...job, input })).rejects.toMatchObject({
      code: 'JOB_FAILED',
      details: { status: 2 },
    });
  }
});

it.each([
  [{ positions: { DOGE: 1n } }, 'no prices of DOGE'],
  [{ positions: { ETH: 2n ** 48n } }, 'beyond'],
  [{ steps: 0 }, 'steps'],
  [{ block: 500 }, 'No stretch'],
  [{ paths: 1.5 }, 'paths'],
  [{ seed: -1n }, 'seed'],
])('refuses the plan %o', async (change, words) => {
  const plan: RiskPlan = { ...ether, ...change };
  await expect(riskJob(plan, { first: 0, count: 1 })).rejects.toThrow(words);
});
