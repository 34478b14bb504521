import { statSync } from 'node:fs';
import { join } from 'node:path';
import { increaseTime, setPrice } from '@millrace/devnet';
import { WAD } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import { type Address, parseEventLogs } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChance } from './chance.ts';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { readJournal } from './read-journal.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { createWorld, openPosition, pooled, until, type World } from './world.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_122);
const EPOCH = 600;
const THRESHOLDS = [1.5, 1.2, 1.05];
/** Falls of about 4 % a step, then a recovery that arms every latch again, then one crash. */
const PRICES = ['2770', '2660', '2550', '2440', '2360', '6000', '2300'];

const chance = createChance(SEED);
let world: World;
let webhook: WebhookReceiver;
let keeper: KeeperProcess;
let config: string;
let journal: string;
let kills = 0;
let mining = true;
let standsStill = false;
const owners: Address[] = [];
const watched: Address[] = [];

beforeAll(async () => {
  world = await createWorld({ market: { minEpoch: EPOCH, maxEpoch: EPOCH * 100 } });
  webhook = await startWebhookReceiver();
  // Limits at 3000: 25,800 of debt for 10 ether. These go under one after the other as the price falls.
  for (let k = 0; k < 8; k++) owners.push(await openPosition(world, k, '10', String(23_900 - 500 * k)));
  // These are never liquidated, and cross one threshold each on the way down.
  for (const debt of ['16000', '17500', '14500']) {
    watched.push(await openPosition(world, 20 + watched.length, '10', debt));
  }
  config = world.writeConfig({
    market: {
      checkpoints: { forceAfterSeconds: EPOCH },
      liquidations: { minProfit: '-1000000' },
      watch: watched.map((address) => ({ address, thresholds: THRESHOLDS })),
    },
    alerts: {
      console: false,
      webhooks: [{ name: 'test', url: webhook.url, secretEnv: 'WEBHOOK_SECRET', maxBackoffSeconds: 1 }],
    },
  });
  journal = join(world.folder, 'keeper.journal');
  await world.client.setAutomine(false);
  void mineForEver();
});

afterAll(async () => {
  mining = false;
  await keeper?.kill('SIGKILL');
  await webhook?.stop();
  await world?.stop();
});

/** Blocks come when they like, so transactions are caught in the pool as well as in blocks. */
async function mineForEver(): Promise<void> {
  while (mining) {
    await new Promise((done) => setTimeout(done, chance.between(60, 500)));
    if (!standsStill) await world.client.mine({ blocks: 1 }).catch(() => {});
  }
}

function journalSize(): number {
  return statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
}

/** Waits for a moment to kill at; gives up after a while, when nothing is left to do. */
async function moment(): Promise<string> {
  const kind = chance.pick(['time', 'journal', 'journal', 'pool', 'drop', 'webhook']);
  const end = Date.now() + 4_000;
  const poll = async (probe: () => boolean | Promise<boolean>) => {
    while (Date.now() < end && !(await probe())) await new Promise((done) => setTimeout(done, 1));
  };
  if (kind === 'time') await new Promise((done) => setTimeout(done, chance.between(300, 3_500)));
  if (kind === 'journal') {
    let [size, left] = [journalSize(), chance.between(1, 4)];
    await poll(() => {
      const now = journalSize();
      if (now > size) left--;
      size = now;
      return left === 0;
    });
  }
  if (kind === 'webhook') {
    const before = webhook.received.length;
    await poll(() => webhook.received.length > before);
  }
  if (kind === 'pool') await poll(async () => (await pooled(world)).length > 0);
  if (kind === 'drop') {
    await poll(async () => (await pooled(world)).length > 0);
    for (const { hash } of await pooled(world)) await world.client.dropTransaction({ hash }).catch(() => {});
  }
  return kind;
}

/** Anvil may answer from a state that is newer than the block it was asked about: then it is asked again. */
async function healthOf(owner: Address, blockNumber?: bigint, tries = 5): Promise<bigint> {
  try {
    const { health } = await world.client.readContract({
      address: world.deployment.lens,
      abi: lensAbi,
      functionName: 'position',
      args: [world.market.address, owner],
      ...(blockNumber !== undefined && { blockNumber }),
    });
    return health;
  } catch (error) {
    if (tries === 0) throw error;
    return healthOf(owner, blockNumber, tries - 1);
  }
}

const logs = <T extends 'Checkpointed' | 'Liquidated'>(eventName: T, fromBlock: bigint) =>
  world.client.getContractEvents({
    address: world.market.address,
    abi: iMarketAbi,
    eventName,
    fromBlock,
    strict: true,
  });

/** Keys of the alerts that are due by now, said without a latch: one for each fall through a threshold. */
function expectedKeys(history: Map<Address, bigint[]>): string[] {
  return [...history].flatMap(([owner, healths]) =>
    THRESHOLDS.flatMap((threshold) => {
      const line = (BigInt(Math.round(threshold * 100)) * WAD) / 100n;
      const falls = healths.filter(
        (health, k) => health < line && (k === 0 || (healths[k - 1] ?? 0n) >= line),
      );
      return falls.map((_, k) => `health:${world.market.address}:${owner}:${threshold}#${k + 1}`);
    }),
  );
}

describe('a keeper that is killed at any moment', () => {
  it('neither skips nor doubles a checkpoint, a liquidation or an alert', { timeout: 900_000 }, async () => {
    const history = new Map<Address, bigint[]>(watched.map((owner) => [owner, []]));
    const moments: string[] = [];
    keeper = startKeeperProcess(config);
    await keeper.line(({ msg }) => msg === 'approve done', 240_000);

    for (const [step, price] of PRICES.entries()) {
      const before = await world.client.getBlockNumber();
      await increaseTime(world.client, EPOCH);
      await setPrice(world.client, world.market, price);
      const start = await world.client.getBlockNumber();
      const healths = await Promise.all(owners.map((owner) => healthOf(owner, start)));
      const due = owners.filter((_, k) => (healths[k] ?? 0n) < WAD);
      for (const owner of watched) history.get(owner)?.push(await healthOf(owner, start));

      for (let k = 0; k < 2 - (step % 2); k++) {
        moments.push(await moment());
        // Sometimes no block comes until the next keeper has looked: what the last one sent is still in the pool.
        standsStill = chance.between(0, 2) > 0;
        expect(await keeper.kill('SIGKILL')).toBe('SIGKILL');
        kills++;
        keeper = startKeeperProcess(config);
        if (standsStill) {
          await keeper.line(({ msg }) => msg === 'keeping');
          await new Promise((done) => setTimeout(done, 1_000));
          standsStill = false;
        }
      }

      await until(
        `everything to be done at ${price}`,
        async () => {
          const [now, epochs] = await Promise.all([
            Promise.all(owners.map((o) => healthOf(o))),
            logs('Checkpointed', before + 1n),
          ]);
          const keys = new Set(webhook.received.map(({ key }) => key));
          const isArmed =
            price !== '6000' ||
            [...(await readJournal(journal)).latches.values()].every(({ armed }) => armed);
          return (
            now.every((health) => health >= WAD) &&
            epochs.length > 0 &&
            isArmed &&
            expectedKeys(history).every((key) => keys.has(key))
          );
        },
        240_000,
      );
      await until('the journal to be settled', async () => (await readJournal(journal)).intents.size === 0);

      const liquidated = (await logs('Liquidated', before + 1n)).map(({ args }) => args.owner);
      expect(liquidated.sort(), `liquidations at ${price}`).toEqual([...due].sort());
      expect((await logs('Checkpointed', before + 1n)).length, `checkpoints at ${price}`).toBe(1);
    }

    expect(kills).toBeGreaterThanOrEqual(10);
    const keys = [...new Set(webhook.received.map(({ key }) => key))];
    expect(keys.sort()).toEqual(expectedKeys(history).sort());
    expect(webhook.received.every(({ signed }) => signed)).toBe(true);
    await everyTransactionCounted();
  });
});

/** Every transaction of the keeper, from the chain: none failed, none was a repeat that did nothing. */
async function everyTransactionCounted(): Promise<void> {
  const head = await world.client.getBlockNumber();
  let liquidations = 0;
  let checkpoints = 0;
  const nonces: number[] = [];
  for (let number = 0n; number <= head; number++) {
    const block = await world.client.getBlock({ blockNumber: number, includeTransactions: true });
    for (const sent of block.transactions.filter(
      ({ from }) => from.toLowerCase() === world.keeper.toLowerCase(),
    )) {
      const receipt = await world.client.getTransactionReceipt({ hash: sent.hash });
      expect(receipt.status).toBe('success');
      nonces.push(sent.nonce);
      const found = parseEventLogs({ abi: iMarketAbi, logs: receipt.logs }).map(({ eventName }) => eventName);
      if (found.includes('Liquidated')) liquidations++;
      else if (found.includes('Checkpointed')) checkpoints++;
      else expect(found).toEqual(['Approval']);
    }
  }
  expect(nonces).toEqual(nonces.map((_, k) => k));
  expect(checkpoints).toBe(PRICES.length);
  expect(liquidations).toBe((await logs('Liquidated', 0n)).length);
  expect(liquidations).toBeGreaterThanOrEqual(owners.length);
}
