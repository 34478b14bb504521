import { freePort } from '@millrace/devnet';
import type { CreateRenterParameters, RentEvent } from '@millrace/sdk/rent';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { ECHO, LARGE, LONG_STEPS } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import type { ChannelLine } from './renter.ts';
import { startTamperingProxy, type Tampering } from './tampering-proxy.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let good: RunningNode;
const closers: (() => Promise<unknown>)[] = [];
let [liars, payers] = [100, 20];

beforeAll(async () => {
  world = await createWorld();
  good = await startRented(world, 1, {
    price: { perFuelWad: '2000000000000', perSecondWad: '0', perJob: '20' },
  });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await good?.close();
  await world?.close();
});

/** A node that is cheaper than the good one, behind a proxy that lies for it; and a renter that knows both. */
async function lie(
  tampering: Tampering,
  options: Partial<CreateRenterParameters> = {},
  others = [good.endpoint],
) {
  liars += 1;
  payers += 1;
  const port = await freePort();
  const proxy = await startTamperingProxy(() => `http://127.0.0.1:${port}`, tampering);
  const liar = await startRented(world, liars, {
    endpoint: proxy.endpoint,
    listen: { port },
    snapshotSeconds: 0.2,
  });
  const rented = await rentFrom(world, payers, [proxy.endpoint, ...others], { prefer: 'cheap', ...options });
  closers.push(
    () => liar.close(),
    () => proxy.close(),
    () => rented.renter.close(),
  );
  const node = liar.ask().body.node;
  // Both are known before anything is chosen, however slow the machine is.
  const spec = await rented.renter.specOf(hello);
  const knows = async () => (await rented.renter.findOffers(spec)).ranked.length;
  await expect.poll(knows, { timeout: 30_000, interval: 500 }).toBe(1 + others.length);
  const channel = async () => (await rented.renter.listChannels()).find((it) => it.node === node);
  return { ...rented, proxy, liar, node, channel };
}

const isEnded = (line: string) => line.includes('"ended"');
/** Changes the end of each job, as the channel tells it. */
const withEnd = (change: (event: ChannelLine) => void): Tampering => ({
  line: (path, line) => {
    if (!isEnded(line) || !path.includes('/channels/')) return line;
    const event = JSON.parse(line);
    change(event);
    return JSON.stringify(event);
  },
});
const hello = jobOf(ECHO, { inputs: [new TextEncoder().encode('hello')] });

describe('a node that is dishonest is found out, left, and not paid', () => {
  it.each<[string, string, Tampering]>([
    [
      'NOT_SIGNED',
      'more fuel than it used',
      withEnd(({ receipt }) => {
        receipt.receipt.fuel = '900000000';
      }),
    ],
    [
      'FUEL_IMPLAUSIBLE',
      'more fuel than the job has',
      withEnd(({ receipt }) => {
        receipt.receipt.fuel = '90000000000';
      }),
    ],
    [
      'TIME_IMPLAUSIBLE',
      'more time than has passed',
      withEnd(({ receipt }) => {
        receipt.receipt.microseconds = '900000000';
      }),
    ],
    [
      'OTHER_MODULE',
      'another module',
      withEnd(({ receipt }) => {
        [receipt.receipt.module] = receipt.receipt.inputs;
      }),
    ],
    [
      'OTHER_INPUTS',
      'no inputs',
      withEnd(({ receipt }) => {
        receipt.receipt.inputs = [];
      }),
    ],
    [
      'OTHER_KEY',
      'another key',
      withEnd(({ receipt }) => {
        receipt.key = `0x${'77'.repeat(32)}`;
      }),
    ],
    [
      'OTHER_JOB',
      'a job that nobody gave it',
      withEnd((event) => {
        event.id = `0x${'77'.repeat(32)}`;
      }),
    ],
  ])('%s: a receipt for %s', async (flaw, _what, tampering) => {
    const { renter, events, node, channel } = await lie(tampering);
    const { bytes, node: worker } = await renter.run(hello).result;
    expect(new TextDecoder().decode(bytes)).toBe('hello');
    expect(worker).toBe(good.ask().body.node);
    const caught = events.find((event) => event.type === 'node-dishonest');
    expect(caught).toMatchObject({ node, error: { code: 'RENT_NODE_DISHONEST', details: { flaw } } });
    await expect.poll(async () => (await channel())?.chain.state, { timeout: 30_000 }).toBe('closing');
    expect((await channel())?.ours.signed).toBe(0n);
    // It is remembered: the next job does not go there.
    const { dismissed } = await renter.findOffers(await renter.specOf(hello));
    expect(dismissed).toMatchObject([{ code: 'NODE_DISTRUSTED' }]);
  });

  it('terms that are dearer than the quote are not agreed to', async () => {
    const { renter, events } = await lie({
      answer: (path, text) => {
        if (path !== '/v1/channels') return text;
        const view = JSON.parse(text);
        if (view.terms === undefined) return text;
        view.terms.body.price.perJob = '11';
        return JSON.stringify(view);
      },
    });
    expect((await renter.run(hello).result).node).toBe(good.ask().body.node);
    expect(events.some(({ type }) => type === 'node-dishonest')).toBe(true);
  });
});

describe('a node that does not do its work', () => {
  it('gives a result that is not what its receipt says: another node runs the job', async () => {
    const { renter } = await lie(
      withEnd((event) => {
        event.result = Buffer.from('jello').toString('base64');
      }),
    );
    const { bytes } = await renter.run(hello).result;
    expect(new TextDecoder().decode(bytes)).toBe('hello');
  });

  it('gives garbage for a large result: another node runs the job', async () => {
    const { renter, proxy } = await lie({});
    proxy.tamper({ answer: (path, text) => (path.includes('/ipfs/') ? 'garbage' : text) });
    const { bytes, attempts } = await renter.run(jobOf(LARGE)).result;
    expect(bytes).toHaveLength(100_000);
    expect(attempts).toBeLessThanOrEqual(2);
  });

  it('answers garbage: another node has it', async () => {
    const { renter } = await lie({ answer: (path, text) => (path === '/v1/jobs' ? '{"jobs":[]}' : text) });
    expect((await renter.run(hello).result).node).toBe(good.ask().body.node);
  });

  it('never tells of an end: another node gets the job as well, and the first result wins', async () => {
    const silent = (line: string) => line.replace(/"sequence":\d+/, '"sequence":0');
    const { renter, events } = await lie({
      line: (_path, line) => (isEnded(line) ? undefined : silent(line)),
    });
    const handle = renter.run({ ...hello, fuel: 1_000_000n });
    const moved: RentEvent[] = [];
    for await (const event of handle) if (event.type === 'moved') moved.push(event);
    expect((await handle.result).node).toBe(good.ask().body.node);
    expect(moved).toMatchObject([{ keepsBoth: true }]);
    expect(events.some(({ type }) => type === 'node-dishonest')).toBe(false);
  });

  it('loses the word of an end on its way: the receipt is asked for', async () => {
    // No other node gets it, however slow the machine is.
    const { renter } = await lie(
      { line: (_path, line) => (isEnded(line) ? undefined : line) },
      { timing: { patienceMilliseconds: 120_000 } },
    );
    const { node, bytes } = await renter.run({ ...hello, fuel: 1_000_000n }).result;
    expect(new TextDecoder().decode(bytes)).toBe('hello');
    expect(node).not.toBe(good.ask().body.node);
  });

  it('accepts connections and says nothing: the job moves', async () => {
    const { renter, proxy } = await lie({}, { timing: { graceMilliseconds: 1_500, stallMilliseconds: 400 } });
    await renter.run(hello).result;
    proxy.tamper({ answer: () => 'hang', line: () => undefined });
    const { node } = await renter.run(hello).result;
    expect(node).toBe(good.ask().body.node);
  });

  it('is the only one: the job ends with a named error, by its deadline', async () => {
    const { renter, proxy } = await lie({}, { timing: { graceMilliseconds: 1_000 } }, []);
    await renter.run(hello).result;
    proxy.vanish();
    const handle = renter.run(hello, { timeoutMilliseconds: 6_000 });
    await expect(handle.result).rejects.toMatchObject({ code: expect.stringMatching(/^RENT_/) });
    proxy.comeBack();
    const again = await renter.run(hello, { timeoutMilliseconds: 60_000 }).result;
    expect(new TextDecoder().decode(again.bytes)).toBe('hello');
  });
});

describe('a job that runs when its node vanishes', () => {
  it('goes on from its checkpoint on another node', async () => {
    const timing = { graceMilliseconds: 1_000, patienceMilliseconds: 120_000 };
    // However slow the machine is, the end is not heard before the node has gone.
    const { renter, proxy } = await lie(
      { line: (_path, line) => (isEnded(line) ? undefined : line) },
      { timing },
    );
    const handle = renter.run(jobOf(LONG_STEPS, { fuel: 200_000_000_000n, timeMilliseconds: 600_000 }));
    const seen: RentEvent[] = [];
    for await (const event of handle) {
      seen.push(event);
      if (event.type === 'checkpoint') proxy.vanish();
    }
    const { bytes, receipt, node } = await handle.result;
    // Another may have been here already when the first was told.
    const checkpoints = seen.filter((event) => event.type === 'checkpoint');
    const saved = checkpoints.findLast((event) => event.node !== node)?.fuel ?? 0n;
    expect(node).toBe(good.ask().body.node);
    expect(bytes).toHaveLength(100);
    expect([...bytes]).toEqual(Array.from({ length: 100 }, (_, at) => 100 - at));
    expect(receipt.receipt.inputs).toHaveLength(1);
    // Both nodes together did the work once.
    expect(saved + receipt.receipt.fuel).toBeGreaterThan(20_000_000_000n);
    expect(saved + receipt.receipt.fuel).toBeLessThan(20_050_000_000n);
    expect(seen.filter(({ type }) => type === 'moved')).toHaveLength(1);
  }, 400_000);
});
