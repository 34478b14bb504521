import { devnetAccount, increaseTime, setPrice } from '@millrace/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caughtUp } from './caught-up.ts';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { call, createWorld, openPosition, until, type World } from './world.ts';

const GUARDIAN = devnetAccount(2);
let world: World;
let webhook: WebhookReceiver;
let keeper: KeeperProcess;
let config: string;

beforeAll(async () => {
  const gold = { name: 'Gold', symbol: 'XAU', decimals: 18 };
  world = await createWorld({
    market: {
      guardian: GUARDIAN.address,
      collaterals: [{ price: '3000' }, { token: gold, price: '4000', oracle: { feeds: 2 } }],
    },
  });
  webhook = await startWebhookReceiver();
  const watched = await openPosition(world, 0, '10', '17000');
  config = world.writeConfig({
    market: { watch: [{ address: watched, label: 'treasury', thresholds: [1.5, 1.2, 1.05] }] },
    alerts: {
      console: true,
      webhooks: [{ name: 'ops', url: webhook.url, secretEnv: 'WEBHOOK_SECRET', maxBackoffSeconds: 0.5 }],
    },
  });
  webhook.setDown(true);
  keeper = startKeeperProcess(config);
});
afterAll(async () => {
  await keeper?.kill('SIGKILL');
  await webhook?.stop();
  await world?.stop();
});

const texts = (kind: string) =>
  webhook.received.filter(({ alert }) => alert.kind === kind).map(({ alert }) => alert.text);
const said = (kind: string) =>
  keeper.line((line) => (line.alert as { kind?: string } | undefined)?.kind === kind);

describe('alerts', () => {
  it('wait for a webhook that is down, and arrive in order when it is up', async () => {
    await setPrice(world.client, world.market, '2300');
    await keeper.line(({ msg }) => String(msg).includes('below 1.2'));
    await until('some attempts', () => webhook.refused() >= 3);
    expect(webhook.received).toEqual([]);
    webhook.setDown(false);
    await until('both alerts', () => texts('health').length === 2);
    expect(texts('health')).toEqual([
      'Health of treasury in usdc is 1.16, below 1.5.',
      'Health of treasury in usdc is 1.16, below 1.2.',
    ]);
    expect(webhook.received.every(({ signed }) => signed)).toBe(true);
  });

  it('are not repeated by a restart, nor by chatter around the threshold', async () => {
    await keeper.kill('SIGTERM');
    keeper = startKeeperProcess(config);
    await keeper.line(({ msg }) => msg === 'keeping');
    // 1.2 is at 2372, and armed again at 2420.
    for (const price of ['2400', '2370', '2415', '2340']) {
      await setPrice(world.client, world.market, price);
      await caughtUp(keeper, world.client);
    }
    expect(texts('health').length).toBe(2);
  });

  it('come again after a recovery', async () => {
    await setPrice(world.client, world.market, '2600');
    await caughtUp(keeper, world.client);
    await setPrice(world.client, world.market, '2300');
    await until('the second crossing', () => texts('health').length === 3);
    const keys = webhook.received.filter(({ alert }) => alert.kind === 'health').map(({ key }) => key);
    expect(keys[2]).toBe(String(keys[1]).replace(/#1$/, '#2'));
  });

  it('say that a market is paused', async () => {
    await call(world.client, world.market, GUARDIAN, 'pause', [3_600n]);
    await until('the alert', () => texts('paused').length === 1);
    await increaseTime(world.client, 3_700);
  });

  it('say that an oracle is in dispute, and silent', async () => {
    await setPrice(world.client, world.market, '4400', { index: 1, feed: 1 });
    await until('the dispute', () => texts('oracle-disputed').length === 1);
    await increaseTime(world.client, 90_000);
    await until('the silence', () => texts('oracle-stale').length === 2);
    await setPrice(world.client, world.market, '3000');
    await setPrice(world.client, world.market, '4000', { index: 1 });
  });

  it('say that a market is nearly lent out', async () => {
    await openPosition(world, 1, '420', '940000');
    await until('the alert', () => texts('utilisation').length === 1);
    expect(texts('utilisation')[0]).toMatch(/^usdc is lent out to 9\d\.\d\d%/);
  });

  it('say what was lost and who bore it', async () => {
    await setPrice(world.client, world.market, '1500');
    await until('the losses', () => texts('bad-debt').length === 2);
    expect(texts('bad-debt').every((text) => /^usdc lost [\d,.]+ USDC: the reserve paid/.test(text))).toBe(
      true,
    );
    await said('bad-debt');
    const keys = webhook.received.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
