import { devnetAccount } from '@millrace/devnet';
import { hashJobSpec } from '@millrace/protocol/compute';
import { encodeWire, REFUSAL_WORDS, ROUTES, refusalSchema, signWire } from '@millrace/protocol/wire';
import { closeChannel } from '@millrace/sdk/compute';
import { zeroAddress, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { MOST_INPUTS } from '../src/job/admission.ts';
import { CALLING, ECHO, ENDLESS, NOTHING } from './modules.ts';
import { type Answer, createRenter, get, post, specOf, type TestRenter, upload } from './renter.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
let renter: TestRenter;
let module: string;
const seen = new Set<string>();

const PAST = 1_000_000_000n;
const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';

beforeAll(async () => {
  world = await createWorld();
  node = await startNode({ config: world.config('a', { slots: 1 }), account: devnetAccount(1) });
  renter = await createRenter(world, node.endpoint, { account: 2, module: NOTHING });
  await renter.announce();
  module = await renter.upload(NOTHING);
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

/** Every refusal has its status, a sentence, and a code that this file keeps. */
function expectRefusal(answer: Answer, code: keyof typeof REFUSAL_WORDS): void {
  const refusal = refusalSchema.parse(answer.body);
  expect({ code: refusal.code, status: answer.status }).toEqual({ code, status: REFUSAL_WORDS[code].status });
  expect(refusal.message.length).toBeGreaterThan(10);
  seen.add(refusal.code);
}

/** The refusal of the one job of a submit. */
async function submitted(changes: object, to = renter): Promise<Answer> {
  const { body } = await to.submit([specOf(module, changes as never)]);
  const [job] = (body as { jobs: { refusal?: { code: keyof typeof REFUSAL_WORDS } }[] }).jobs;
  const code = job?.refusal?.code;
  return {
    status: code === undefined ? 200 : REFUSAL_WORDS[code].status,
    body: (job?.refusal ?? {}) as never,
  };
}

const now = () => BigInt(Math.floor(Date.now() / 1_000));
const quoteRequest = () => ({
  chainId: 31_337,
  channels: world.compute.channels,
  token: world.compute.token.address,
  spec: specOf(module),
});

describe('what does not fit the machine', () => {
  it.each([
    ['RUNTIME_UNAVAILABLE', { runtime: 'container' }],
    ['TIER_UNAVAILABLE', { needs: { tier: 'fast' } }],
    ['CORES_TOO_FEW', { needs: { cores: 3 } }],
    ['MEMORY_TOO_SMALL', { needs: { memoryMegabytes: 100_000 } }],
    ['GPU_TOO_SMALL', { needs: { gpuMemoryMegabytes: 1 } }],
    ['REGION_MISMATCH', { needs: { regions: ['SE'] } }],
    ['ENERGY_MISMATCH', { needs: { energy: ['sun'] } }],
    ['FUEL_ABOVE_LIMIT', { fuel: '1000000000001' }],
    ['TIME_ABOVE_LIMIT', { timeMilliseconds: 600_001 }],
    ['OUTPUT_ABOVE_LIMIT', { outputBytes: 2 ** 26 + 1 }],
    ['PRICE_ABOVE_CAP', { needs: { priceCap: '5' } }],
    ['DEADLINE_TOO_SOON', { needs: { deadline: `${PAST}` } }],
    ['INPUT_ABOVE_LIMIT', { inputs: Array(MOST_INPUTS + 1).fill(cid) }],
    ['CONTENT_MISSING', { inputs: Array(MOST_INPUTS).fill(cid) }],
  ] as const)('%s', async (code, changes) => {
    expectRefusal(await submitted(changes), code);
  });

  it('INPUT_ABOVE_LIMIT, CONTENT_INVALID and CHECKPOINT_INVALID', async () => {
    const other = await startNode({
      config: world.config('small', { limits: { ...limits, inputBytes: 1_000 } }),
      account: devnetAccount(3),
    });
    try {
      const small = await createRenter(world, other.endpoint, { account: 4, module: NOTHING });
      await small.announce();
      const input = await small.upload(new Uint8Array(2_000).fill(7));
      expectRefusal(await submitted({ inputs: [input] }, small), 'INPUT_ABOVE_LIMIT');
    } finally {
      await other.close();
    }
    const garbage = await fetch(`${node.endpoint}/ipfs`, { method: 'POST', body: 'no car' });
    expectRefusal({ status: garbage.status, body: (await garbage.json()) as never }, 'CONTENT_INVALID');
    const order = { nonce: zeroHash, spec: specOf(module), resume: { checkpoint: module, fuel: 2n ** 40n } };
    const body = { channel: renter.channel, at: now(), jobs: [order] };
    const answer = await post(node.endpoint + ROUTES.jobs, signWire('submit', body, renter.session));
    const [job] = (answer.body as { jobs: { refusal: never }[] }).jobs;
    expectRefusal({ status: 422, body: job?.refusal as never }, 'CHECKPOINT_INVALID');
  });
});

it('UPLOAD_LIMIT and STORE_FULL', async () => {
  const http = { contentBytes: 2 ** 20, uploadBytesPerHour: 2 ** 20 };
  const tight = await startNode({ config: world.config('tight', { http }), account: devnetAccount(3) });
  try {
    const tenant = await createRenter(world, tight.endpoint, { account: 4, module: NOTHING });
    await tenant.announce();
    const large = crypto.getRandomValues(new Uint8Array(2 ** 16));
    const inputs = [1, 2, 3, 4].map((first) => Uint8Array.of(first, ...large));
    const job = specOf(await tenant.upload(NOTHING), {
      inputs: await Promise.all(inputs.map((bytes) => tenant.upload(bytes))),
    });
    const { body } = await tenant.submit([job]);
    const [{ refusal }] = (body as { jobs: [{ refusal: never }] }).jobs;
    expectRefusal({ status: REFUSAL_WORDS.STORE_FULL.status, body: refusal }, 'STORE_FULL');
    const refused = await fetch(`${tight.endpoint}/ipfs`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.ipld.car' },
      body: new Uint8Array(2 ** 20),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    expectRefusal({ status: refused.status, body: (await refused.json()) as never }, 'UPLOAD_LIMIT');
  } finally {
    await tight.close();
  }
});

const limits = {
  fuel: '1000000000000',
  timeMilliseconds: 600_000,
  memoryMegabytes: 1_024,
  inputBytes: 2 ** 26,
  outputBytes: 2 ** 26,
};

describe('what is not said as it should be', () => {
  it('bodies, signatures, times, paths, tokens', async () => {
    const at = (path: string) => node.endpoint + path;
    expectRefusal(await post(at(ROUTES.quotes), '{"half":'), 'REQUEST_INVALID');
    expectRefusal(await post(at(ROUTES.quotes), { ...quoteRequest(), spec: {} }), 'REQUEST_INVALID');
    expectRefusal(await post(at(ROUTES.quotes), 'x'.repeat(3_000_000)), 'REQUEST_TOO_LARGE');
    expectRefusal(await get(at('/v2/nothing')), 'NOT_FOUND');
    expectRefusal(await get(at(ROUTES.earnings)), 'NOT_ALLOWED');
    expectRefusal(await get(at(ROUTES.job(zeroHash))), 'JOB_UNKNOWN');
    const body = { channel: renter.channel, from: 0, at: now() };
    const signed = signWire('read', body, renter.session);
    const read = at(ROUTES.channel(renter.channel));
    expectRefusal(await post(read, { ...signed, body: { ...body, from: 1 } }), 'REQUEST_NOT_SIGNED');
    const late = signWire('read', { ...body, at: PAST }, renter.session);
    expectRefusal(await post(read, late), 'REQUEST_EXPIRED');
    expectRefusal(await post(at(ROUTES.channel(zeroHash)), signed), 'CHANNEL_UNKNOWN');
  });

  it('other chains, contracts and tokens', async () => {
    const ask = (changes: object) => post(node.endpoint + ROUTES.quotes, { ...quoteRequest(), ...changes });
    expectRefusal(await ask({ chainId: 1 }), 'WRONG_CHAIN');
    expectRefusal(await ask({ channels: world.compute.bond }), 'WRONG_CONTRACT');
    expectRefusal(await ask({ token: world.compute.bond }), 'TOKEN_NOT_ACCEPTED');
  });
});

describe('channels', () => {
  const announce = (changes: object) =>
    post(node.endpoint + ROUTES.channels, { ...renter.announcement, ...changes });

  it('that are not there, not ours, not in our lanes, or with a bad quote', async () => {
    const { key, quote } = renter.announcement;
    expectRefusal(await announce({ key: { ...key, salt: 5n << 16n } }), 'CHANNEL_NOT_FUNDED');
    expectRefusal(await announce({ key: { ...key, salt: 16n } }), 'LANE_NOT_WATCHED');
    expectRefusal(await announce({ key: { ...key, payee: key.payer } }), 'QUOTE_NOT_OURS');
    const forged = { ...quote, body: { ...quote.body, price: { ...quote.body.price, perJob: 0n } } };
    expectRefusal(await announce({ key: { ...key, salt: 5n << 16n }, quote: forged }), 'QUOTE_NOT_OURS');
  });

  it('whose quote has expired, whose deposit is small, or that close', async () => {
    const brief = await startNode({
      config: world.config('b', { quoteSeconds: 1 }),
      account: devnetAccount(5),
    });
    try {
      const late = await createRenter(world, brief.endpoint, { account: 6, module: NOTHING });
      await new Promise((done) => setTimeout(done, 2_100));
      expectRefusal(await late.announce(), 'QUOTE_EXPIRED');
    } finally {
      await brief.close();
    }
    // By another node, whose quotes last until a channel is open.
    const poor = await createRenter(world, node.endpoint, { account: 6, module: NOTHING, deposit: 9n });
    expectRefusal(await poor.announce(), 'DEPOSIT_TOO_SMALL');
    const leaving = await createRenter(world, node.endpoint, { account: 6, module: NOTHING });
    const { client } = await world.payer(6);
    await closeChannel(client, { channels: world.compute.channels, key: leaving.key });
    expectRefusal(await leaving.announce(), 'CHANNEL_CLOSING');
  });

  it('vouchers that are not money', async () => {
    expectRefusal(await renter.pay(10_000_001n), 'VOUCHER_INVALID');
    const path = node.endpoint + ROUTES.vouchers(renter.channel);
    const forged = { total: 5n, receiptsRoot: zeroHash, signature: `0x${'11'.repeat(65)}` };
    expectRefusal(await post(path, forged), 'VOUCHER_INVALID');
  });

  it('that do not pay', async () => {
    const wary = await startNode({
      config: world.config('wary', { exposureCap: '100' }),
      account: devnetAccount(3),
    });
    try {
      const bad = await createRenter(world, wary.endpoint, { account: 7, module: CALLING });
      await bad.announce();
      await bad.upload(NOTHING);
      await bad.submit([specOf(await bad.upload(CALLING), { fuel: '1000000000000' })]);
      await bad.follow((events) => events.some(({ type, isPaused }) => type === 'account' && isPaused));
      // What was guessed of a busy machine may have been too much: then it goes on for a moment.
      let answer = await submitted({}, bad);
      for (; answer.status === 200; answer = await submitted({}, bad)) {
        await new Promise((done) => setTimeout(done, 100));
      }
      expectRefusal(answer, 'UNPAID');
    } finally {
      await wary.close();
    }
  });
});

describe('jobs', () => {
  it('that have ended, and a queue that is full', async () => {
    const endless = await renter.upload(ENDLESS);
    const spec = specOf(endless, { fuel: '1000000000000', timeMilliseconds: 60_000 });
    const full = await startNode({
      config: world.config('full', { slots: 1, queue: { jobs: 1, jobsPerChannel: 1 } }),
      account: devnetAccount(8),
    });
    try {
      const crowd = await createRenter(world, full.endpoint, { account: 9, module: ENDLESS });
      await crowd.announce();
      const { body } = await crowd.submit([spec, spec, spec]);
      const codes = (body as { jobs: { refusal?: { code: string } }[] }).jobs.map(
        ({ refusal }) => refusal?.code,
      );
      expect(codes).toEqual([undefined, undefined, 'QUEUE_FULL']);
      seen.add('QUEUE_FULL');
      const [running] = (body as { jobs: { job: { id: `0x${string}` } }[] }).jobs;
      const id = running?.job.id ?? zeroHash;
      await crowd.stop(id);
      await crowd.follow((events) => events.some((event) => event.id === id));
      expectRefusal(await crowd.stop(id), 'JOB_ENDED');
      const draining = full.drain();
      expectRefusal(await post(full.endpoint + ROUTES.quotes, quoteRequest()), 'NODE_DRAINING');
      draining.catch(() => {});
    } finally {
      await full.close();
    }
  });

  it('in escrow that are not on chain, or for others, or too hasty', async () => {
    const { jobMarket, token } = world.compute;
    const spec = specOf(await renter.upload(ECHO));
    const order = {
      requester: renter.key.payer,
      node: zeroAddress,
      token: token.address,
      maxPrice: 10n ** 12n,
      spec: hashJobSpec(spec),
      expiry: now() + 100n,
      runSeconds: 600n,
      reviewSeconds: 60n,
      bondClass: zeroHash,
      leastBond: 0n,
      nonce: 1n,
    };
    const bid = (changes: object) =>
      post(node.endpoint + ROUTES.bids, {
        chainId: 31_337,
        jobs: jobMarket,
        spec,
        order: { ...order, ...changes },
      });
    expect((await bid({})).status).toBe(200);
    expectRefusal(await bid({ spec: zeroHash }), 'ESCROW_MISMATCH');
    expectRefusal(await bid({ runSeconds: 1n }), 'ESCROW_DEADLINE');
    const job = {
      requester: order.requester,
      node: node.ask().body.node,
      token: token.address,
      lane: 0n,
      price: 10n ** 12n,
      order: zeroHash,
      submitBy: now() + 600n,
      reviewSeconds: 60n,
    };
    expectRefusal(
      await post(node.endpoint + ROUTES.escrow, { job, nonce: zeroHash, spec }),
      'ESCROW_MISMATCH',
    );
  });
});

it('a node that cannot reach its chain, and an address that asks too often', async () => {
  const dead = await startNode({
    config: world.config('dead', {
      chain: { rpc: ['http://127.0.0.1:9'], chainId: 31_337, pollSeconds: 60 },
      http: { requestsPerSecond: 5 },
    }),
    account: devnetAccount(1),
  });
  try {
    await upload(dead.endpoint, NOTHING);
    expectRefusal(
      await post(dead.endpoint + ROUTES.channels, encodeWire(renter.announcement)),
      'NODE_FAILED',
    );
    const answers = await Promise.all(Array.from({ length: 100 }, () => get(dead.endpoint + ROUTES.status)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(5);
    for (const answer of refused) expectRefusal(answer, 'TOO_MANY_REQUESTS');
  } finally {
    await dead.close();
  }
});

it('every refusal that there is can be had from a node', () => {
  // How far a node is away is for the renter to know.
  const { LATENCY_TOO_HIGH, ...words } = REFUSAL_WORDS;
  expect(LATENCY_TOO_HIGH.status).toBe(422);
  expect([...seen].sort()).toEqual(Object.keys(words).sort());
});
