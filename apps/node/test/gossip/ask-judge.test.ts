import { createSessionSecret, sessionKeyOf } from '@millrace/protocol/compute';
import { encodeWire, type SignedAsk, signAsk } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { AskJudge, type AskJudgeOptions } from '../../src/gossip/ask-judge.ts';
import { createSeller, domain, seconds } from './seller.ts';

const seller = await createSeller();
const other = await createSeller();

const bytes = (ask: unknown) => Buffer.from(encodeWire(ask));
const open = (options: Partial<AskJudgeOptions> = {}) => new AskJudge({ domain, ...options });
const secondsOf = (milliseconds: number) => BigInt(Math.floor(milliseconds / 1_000));
const judged = (message: Uint8Array, judge = open()) => judge.judge(message, 'somebody');

/** `ask` with another body, under its old signature. */
const altered = (ask: SignedAsk, change: Partial<SignedAsk['body']>): SignedAsk => ({
  ...ask,
  body: { ...ask.body, ...change },
});

describe('what is held', () => {
  test('an ask that holds, with every field', async () => {
    const judge = open();
    const ask = seller.ask();
    expect(await judged(bytes(ask), judge)).toEqual({ verdict: 'accept', reason: '' });
    expect(judge.asks()).toEqual([ask]);
  });

  test('the newest of each node, whichever comes first', async () => {
    const judge = open();
    const [old, middle, newest] = [10n, 5n, 0n].map((ago) => seller.ask({ issuedAt: seconds() - ago }));
    const verdicts = [];
    for (const ask of [middle, old, newest, other.ask()]) {
      verdicts.push((await judged(bytes(ask), judge)).verdict);
    }
    expect(verdicts).toEqual(['accept', 'ignore', 'accept', 'accept']);
    expect(judge.asks().map(({ body }) => [body.node, body.issuedAt])).toEqual([
      [seller.node, newest?.body.issuedAt],
      [other.node, expect.any(BigInt)],
    ]);
  });

  test('a node that signs two asks a second is told once', async () => {
    const judge = open();
    const now = seconds();
    const verdicts = [];
    for (const ahead of [0n, 0n, 1n, 2n, 3n, 4n]) {
      verdicts.push((await judged(bytes(seller.ask({ issuedAt: now + ahead, lanes: 5 })), judge)).verdict);
    }
    expect(verdicts).toEqual(['accept', 'ignore', 'ignore', 'accept', 'ignore', 'accept']);
  });

  test('until it ends', async () => {
    let now = Date.now();
    const judge = open({ now: () => now });
    await judged(bytes(seller.ask({ issuedAt: secondsOf(now) })), judge);
    now += 59_000;
    expect(judge.asks()).toHaveLength(1);
    now += 3_000;
    expect(judge.asks()).toHaveLength(0);
  });

  test('not our own', async () => {
    const judge = open();
    judge.self = seller.node.toLowerCase() as Hex;
    expect(await judged(bytes(seller.ask()), judge)).toMatchObject({ verdict: 'ignore' });
    expect(judge.asks()).toEqual([]);
  });
});

describe('nobody honest sends', () => {
  const ask = seller.ask();
  test.each<[string, Uint8Array, string]>([
    ['no JSON', Buffer.from('{"body":'), 'is no JSON'],
    ['something else', bytes({ ...ask, body: {} }), 'is no ask'],
    ['too much', Buffer.concat([bytes(ask), Buffer.alloc(8_192, ' ')]), 'is too long'],
    ['the same, written another way', Buffer.from(`${encodeWire(ask)} `), 'is written another way'],
    ['the same, with more in it', bytes({ ...ask, more: 1 }), 'is written another way'],
    ['another chain', bytes(seller.ask({ chainId: 1 })), 'is for another chain'],
    ['another price', bytes(altered(ask, { price: { ...ask.body.price, perJob: 0n } })), 'ASK_NOT_SIGNED'],
    ['another endpoint', bytes(altered(ask, { endpoint: 'http://192.0.2.1' })), 'ASK_NOT_SIGNED'],
    ['another node', bytes(altered(ask, { node: other.node })), 'ASK_NOT_SIGNED'],
    ['the certificate of somebody else', bytes({ ...ask, certificate: other.certificate }), 'ASK_NOT_SIGNED'],
    ['an ask for two minutes', bytes(seller.ask({ expiry: seconds() + 120n })), 'holds for too long'],
    [
      'what was over ten minutes ago',
      bytes(seller.ask({ issuedAt: seconds() - 660n, expiry: seconds() - 600n })),
      'is over for long',
    ],
  ])('%s', async (_name, message, reason) => {
    const judge = open();
    expect(await judged(message, judge)).toEqual({ verdict: 'reject', reason });
    expect(judge.asks()).toEqual([]);
  });

  test('a certificate that the node never signed', async () => {
    const session = sessionKeyOf(createSessionSecret());
    const { certificate, signature } = seller.certificate;
    const stolen = { certificate: { ...certificate, key: session.publicKey }, signature };
    const forged = signAsk(seller.ask().body, session, stolen);
    expect(await judged(bytes(forged))).toEqual({ verdict: 'reject', reason: 'CERTIFICATE_NOT_SIGNED' });
  });

  test('an ask signed for another contract', async () => {
    const judge = open({ domain: { ...domain, verifyingContract: other.node } });
    expect(await judged(bytes(seller.ask()), judge)).toMatchObject({ reason: 'CERTIFICATE_NOT_SIGNED' });
  });
});

describe('what clocks, networks and chains may be to blame for is nobody’s fault', () => {
  test('an ask that came late, or from a clock ahead', async () => {
    const late = seller.ask({ issuedAt: seconds() - 70n, expiry: seconds() - 10n });
    expect(await judged(bytes(late))).toMatchObject({ verdict: 'ignore' });
    const ahead = seller.ask({ issuedAt: seconds() + 120n });
    expect(await judged(bytes(ahead))).toMatchObject({ verdict: 'ignore' });
    expect(await judged(bytes(seller.ask({ issuedAt: seconds() + 20n })))).toMatchObject({
      verdict: 'accept',
    });
  });

  test('a chain that does not answer; when it does again, the certificate is good', async () => {
    let answers = 0;
    const isSigned = async () => {
      if (++answers === 1) throw new TypeError('fetch failed');
      return true;
    };
    const judge = open({ isSigned });
    expect(await judged(bytes(seller.ask()), judge)).toMatchObject({ verdict: 'ignore' });
    expect(await judged(bytes(seller.ask()), judge)).toMatchObject({ verdict: 'accept' });
    expect(await judged(bytes(seller.ask({ issuedAt: seconds() + 5n })), judge)).toMatchObject({
      verdict: 'accept',
    });
    expect(answers).toBe(2);
  });
});

describe('under a flood', () => {
  test('a source that sends what is of no use is soon not read any more; others are', async () => {
    const judge = open({ now: () => 1_900_000_000_000 });
    const verdicts = new Map<string, number>();
    for (let message = 0; message < 2_000; message++) {
      const { reason } = await judge.judge(Buffer.from(`nonsense ${message}`), 'flooder');
      verdicts.set(reason, (verdicts.get(reason) ?? 0) + 1);
    }
    expect([...verdicts]).toEqual([
      ['is no JSON', 300],
      ['too much that is of no use', 1_700],
    ]);
    expect((await judge.judge(Buffer.from('nonsense'), 'another')).reason).toBe('is no JSON');
  });

  test('signatures that cost milliseconds are checked as often as the machine can spare', async () => {
    let checks = 0;
    const isSigned = async () => {
      checks++;
      return true;
    };
    // All in one moment: a slow machine would have time for more.
    const now = Date.now();
    const judge = open({ isSigned, now: () => now });
    const session = sessionKeyOf(createSessionSecret());
    const body = seller.ask().body;
    const message = (number: number) => {
      const node: Hex = `0x${(number + 1).toString(16).padStart(40, '0')}`;
      const certificate = { ...seller.certificate.certificate, node, key: session.publicKey };
      return bytes(signAsk({ ...body, node }, session, { certificate, signature: '0x00' }));
    };
    const verdicts = [];
    for (let number = 0; number < 250; number++) {
      verdicts.push((await judge.judge(message(number), 'flooder')).verdict);
    }
    expect(checks).toBe(200);
    expect(verdicts.filter((verdict) => verdict === 'accept')).toHaveLength(checks);
    expect(await judge.judge(bytes(other.ask()), 'another')).toMatchObject({ verdict: 'accept' });
  });

  test('strangers do not crowd out the known', async () => {
    const strangers = await Promise.all(Array.from({ length: 5 }, createSeller));
    const known = await Promise.all(Array.from({ length: 3 }, createSeller));
    const names = new Set<string>(known.map(({ node }) => node));
    const judge = open({ maxAsks: 3, isKnown: (node) => names.has(node) });
    const held = () => judge.asks().map(({ body }) => (names.has(body.node) ? 'known' : 'stranger'));
    const put = async (sellers: typeof strangers) => {
      for (const each of sellers) await judged(bytes(each.ask()), judge);
    };
    await put(strangers);
    expect(held()).toEqual(['stranger', 'stranger', 'stranger']);
    await put(known.slice(0, 2));
    expect(held().sort()).toEqual(['known', 'known', 'stranger']);
    await put([...known, ...strangers]);
    expect(held()).toEqual(['known', 'known', 'known']);
    expect(await judged(bytes(strangers[0]?.ask()), judge)).toMatchObject({ reason: 'the book is full' });
  });

  test('a full book has room again when asks end', async () => {
    let now = Date.now();
    const judge = open({ maxAsks: 1, now: () => now });
    await judged(bytes(seller.ask({ issuedAt: secondsOf(now) })), judge);
    expect(await judged(bytes(other.ask({ issuedAt: secondsOf(now) })), judge)).toMatchObject({
      verdict: 'ignore',
    });
    now += 62_000;
    const later = other.ask({ issuedAt: secondsOf(now) });
    expect(await judged(bytes(later), judge)).toMatchObject({ verdict: 'accept' });
  });
});
