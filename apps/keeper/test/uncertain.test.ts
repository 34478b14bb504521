import { setPrice } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { createWorld, openPosition, pooled, until, type World } from './world.ts';

let world: World;
let keeper: KeeperProcess;

async function begin(confirmations: number): Promise<void> {
  world = await createWorld();
  keeper = startKeeperProcess(
    world.writeConfig({
      chain: { confirmations },
      fees: { replaceAfterSeconds: 1 },
      market: { checkpoints: false, liquidations: { minProfit: '-1000000' } },
    }),
  );
  await until('the approval to be settled', async () => {
    await world.client.mine({ blocks: 1 });
    return keeper.lines.some(({ msg }) => msg === 'approve done');
  });
  await world.client.setAutomine(false);
}

beforeEach(() => begin(3));
afterEach(async () => {
  await keeper?.kill('SIGKILL');
  await world?.stop();
});

const mine = (blocks = 1) => world.client.mine({ blocks });
const liquidated = () =>
  world.client.getContractEvents({
    address: world.market.address,
    abi: iMarketAbi,
    eventName: 'Liquidated',
    fromBlock: 0n,
  });

/** A transaction in the pool; anything the keeper sends here is a liquidation. */
async function inPool(other?: string): Promise<string> {
  let hash: string | undefined;
  await until('a transaction in the pool', async () => {
    hash = (await pooled(world))[0]?.hash;
    return hash !== undefined && hash !== other;
  });
  return hash ?? '';
}

describe('a transaction whose fate is open', () => {
  it('is sent again, the same bytes, when its block is undone', async () => {
    await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    const hash = await inPool();
    await mine();
    expect((await liquidated()).map(({ transactionHash }) => transactionHash)).toEqual([hash]);
    await world.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never });
    expect(await liquidated()).toEqual([]);
    expect(await inPool()).toBe(hash);
    await mine(3);
    await keeper.line(({ msg }) => msg === 'liquidate done');
    expect((await liquidated()).map(({ transactionHash }) => transactionHash)).toEqual([hash]);
    await mine();
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await pooled(world)).toEqual([]);
  });

  it('is sent again when the node forgets it', async () => {
    await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    const hash = await inPool();
    await world.client.dropTransaction({ hash: hash as `0x${string}` });
    expect(await inPool()).toBe(hash);
    await mine(3);
    await keeper.line(({ msg }) => msg === 'liquidate done');
    expect((await liquidated()).length).toBe(1);
  });

  it('is offered a higher fee with the same nonce when nobody takes it, and mined once', async () => {
    await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    const hash = await inPool();
    const second = await inPool(hash);
    expect((await pooled(world)).length).toBe(1);
    await keeper.kill('SIGKILL');
    keeper = startKeeperProcess(
      world.writeConfig({ chain: { confirmations: 3 }, market: { checkpoints: false } }),
    );
    await keeper.line(({ msg, open }) => msg === 'journal' && open === 1);
    await mine(3);
    await keeper.line(({ msg }) => msg === 'liquidate done');
    expect((await liquidated()).length).toBe(1);
    expect((await liquidated())[0]?.transactionHash).not.toBe(hash);
    expect(second).not.toBe(hash);
  });

  it('counts borrowers of a block that is undone only once they are back', async () => {
    await world.client.setAutomine(true);
    const owner = await openPosition(world, 0, '10', '23000');
    await mine(2);
    await world.client.request({ method: 'anvil_reorg' as never, params: [3, []] as never });
    await world.client.setAutomine(false);
    await setPrice(world.client, world.market, '2600');
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await pooled(world)).toEqual([]);
    await world.client.setAutomine(true);
    await setPrice(world.client, world.market, '3000');
    // The collateral of the first time is still there: twice as much carries twice the debt.
    await openPosition(world, 0, '10', '46000');
    await world.client.setAutomine(false);
    await setPrice(world.client, world.market, '2600');
    await inPool();
    await mine(3);
    await until('the liquidation', async () => (await liquidated()).some(({ args }) => args.owner === owner));
  });
});
