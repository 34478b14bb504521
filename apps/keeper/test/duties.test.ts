import { increaseTime, setPrice } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { createWorld, openPosition, until, type World } from './world.ts';

let world: World;
let keeper: KeeperProcess;

beforeAll(async () => {
  world = await createWorld();
  keeper = startKeeperProcess(world.writeConfig());
});
afterAll(async () => {
  await keeper?.kill('SIGKILL');
  await world?.stop();
});

const events = (eventName: 'Checkpointed' | 'Liquidated') =>
  world.client.getContractEvents({
    address: world.market.address,
    abi: iMarketAbi,
    eventName,
    fromBlock: 0n,
  });

describe('a keeper', () => {
  it('liquidates what fell below health 1', async () => {
    const owner = await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    await until('a liquidation', async () => (await events('Liquidated')).length === 1);
    const [event] = await events('Liquidated');
    expect(event?.args).toMatchObject({ owner, liquidator: world.keeper });
  });

  it('checkpoints', async () => {
    const before = (await events('Checkpointed')).length;
    await increaseTime(world.client, 3700);
    await until('a checkpoint', async () => (await events('Checkpointed')).length > before);
  });
});
