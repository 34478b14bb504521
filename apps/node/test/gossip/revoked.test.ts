import { devnetAccount } from '@millrace/devnet';
import { signingDomain } from '@millrace/protocol/compute';
import { encodeWire, ROUTES, type SignedAsk } from '@millrace/protocol/wire';
import { certifySession, type IsRevoked, isRevokedOnChain, revokeSession } from '@millrace/sdk/compute';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AskJudge } from '../../src/gossip/ask-judge.ts';
import { type RunningNode, startNode } from '../../src/index.ts';
import { get, post } from '../renter.ts';
import { createWorld, type World } from '../world.ts';

const MINUTE = 60_000;

let world: World;
let seller: RunningNode;
/** How far the clock of this process is ahead, milliseconds. */
let ahead = 0;
let asked = 0;
/** Whether the chain does not answer. */
let isDown = false;
const clock = Date.now;

const start = (name: string, account: number) =>
  startNode({ config: world.config(name), account: devnetAccount(account) });

beforeEach(async () => {
  [ahead, asked, isDown] = [0, 0, false];
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
  world = await createWorld();
  seller = await start('a', 1);
});
afterEach(async () => {
  await seller?.close();
  await world?.close();
  vi.restoreAllMocks();
});

/** Judges as a node does, and counts what it asks the chain. */
function createJudge() {
  const contract = world.compute.nodeRegistry;
  const onChain = isRevokedOnChain(world.client, contract);
  const isRevoked: IsRevoked = async (certificate) => {
    asked++;
    if (isDown) throw new TypeError('fetch failed');
    return onChain(certificate);
  };
  const judge = new AskJudge({ domain: signingDomain('nodes', { chainId: 31_337, contract }), isRevoked });
  return async (ask: SignedAsk) => (await judge.judge(Buffer.from(encodeWire(ask)), 'somebody')).reason;
}

it('an ask under a key that was revoked is not heard for long; under the next key it is', async () => {
  const judge = createJudge();
  const registry = world.compute.nodeRegistry;
  const { client } = await world.payer(1);
  expect(await judge(seller.ask())).toBe('');
  await revokeSession(client, { registry });
  ahead += MINUTE;
  expect(await judge(seller.ask())).toBe('');
  expect(asked).toBe(1);
  ahead += 10 * MINUTE;
  expect(await judge(seller.ask())).toBe('its session key is revoked');
  ahead += MINUTE;
  expect(await judge(seller.ask())).toBe('its session key is revoked');
  expect(asked).toBe(2);
  // Who hears of it for the first time does not believe it at all.
  expect(await createJudge()(seller.ask())).toBe('its session key is revoked');

  const old = seller.ask().certificate.certificate;
  await seller.close();
  seller = await start('a', 1);
  const fresh = seller.ask();
  expect(fresh.certificate.certificate.key).not.toBe(old.key);
  ahead += MINUTE;
  expect(await judge(seller.ask())).toBe('');
  await seller.close();
  seller = await start('a', 1);
  expect(seller.ask().certificate).toEqual(fresh.certificate);
});

it('a key that another was certified after is void too, and the one that the chain knows is not', async () => {
  const { client } = await world.payer(1);
  const { key } = seller.ask().certificate.certificate;
  const certify = (of: `0x${string}`) =>
    certifySession(client, {
      registry: world.compute.nodeRegistry,
      key: of,
      expiry: BigInt(Math.floor(Date.now() / 1_000)) + 86_400n,
    });
  await certify(key);
  expect(await createJudge()(seller.ask())).toBe('');
  await certify(`0x${'ab'.repeat(32)}`);
  expect(await createJudge()(seller.ask())).toBe('its session key is revoked');
});

it('a chain that does not answer is nobody’s fault: what it said before stands', async () => {
  const judge = createJudge();
  isDown = true;
  expect(await judge(seller.ask())).toBe('cannot be checked now');
  isDown = false;
  expect(await judge(seller.ask())).toBe('');
  isDown = true;
  ahead += 11 * MINUTE;
  expect(await judge(seller.ask())).toBe('');
  expect(asked).toBe(3);
});

it('a node asks its chain: it passes on no ask under a key that was revoked', async () => {
  const other = await start('b', 3);
  try {
    const { client } = await world.payer(1);
    await revokeSession(client, { registry: world.compute.nodeRegistry });
    const answer = await post(other.endpoint + ROUTES.asks, seller.ask());
    expect(answer.body).toEqual({ verdict: 'ignore', reason: 'its session key is revoked' });
    expect((await get(other.endpoint + ROUTES.asks)).body).toEqual({ asks: [] });
    await seller.close();
    seller = await start('a', 1);
    expect((await post(other.endpoint + ROUTES.asks, seller.ask())).body).toMatchObject({
      verdict: 'accept',
    });
  } finally {
    await other.close();
  }
});
