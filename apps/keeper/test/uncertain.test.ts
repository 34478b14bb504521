import { approve, devnetAccount, fund, setPrice } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caughtUp } from './caught-up.ts';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { call, createWorld, openPosition, pooled, until, type World } from './world.ts';

let world: World;
let keeper: KeeperProcess;

/** Nothing is offered a higher fee, however slow the machine, unless a test is about that. */
function start({ replaceAfterSeconds = 3_600 } = {}): KeeperProcess {
  return startKeeperProcess(
    world.writeConfig({
      chain: { confirmations: 3 },
      fees: { replaceAfterSeconds },
      market: { checkpoints: false, liquidations: { minProfit: '-1000000' } },
    }),
  );
}

/** Nobody has the keeper's transactions any more. */
async function forgetPool(): Promise<void> {
  for (const { hash } of await pooled(world)) await world.client.dropTransaction({ hash });
  expect(await pooled(world)).toEqual([]);
}

beforeEach(async () => {
  world = await createWorld();
  keeper = start();
  await until('the approval to be settled', async () => {
    await world.client.mine({ blocks: 1 });
    return keeper.lines.some(({ msg }) => msg === 'approve done');
  });
  await world.client.setAutomine(false);
});

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
    await keeper.line(({ msg }) => msg === 'sending');
    await keeper.kill('SIGKILL');
    await world.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never });
    expect(await liquidated()).toEqual([]);
    await forgetPool();
    keeper = start();
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
    await keeper.kill('SIGKILL');
    await forgetPool();
    keeper = start();
    expect(await inPool()).toBe(hash);
    await mine(3);
    await keeper.line(({ msg }) => msg === 'liquidate done');
    expect((await liquidated()).length).toBe(1);
  });

  it('is offered a higher fee with the same nonce when nobody takes it, and mined once', async () => {
    await keeper.kill('SIGKILL');
    keeper = start({ replaceAfterSeconds: 1 });
    await keeper.line(({ msg }) => msg === 'keeping');
    await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    const hash = await inPool();
    const second = await inPool(hash);
    expect((await pooled(world)).length).toBe(1);
    await keeper.kill('SIGKILL');
    keeper = start({ replaceAfterSeconds: 1 });
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

  it('believes no repayment that was undone', async () => {
    await world.client.setAutomine(true);
    const owner = await openPosition(world, 0, '10', '23000');
    const borrower = devnetAccount(10);
    await fund(world.client, world.market.asset.address, owner, 10n ** 10n);
    await approve(world.client, world.market.asset.address, borrower, world.market.address);
    await call(world.client, world.market, borrower, 'repay', [2n ** 255n, owner, 0n, '0x']);
    await caughtUp(keeper, world.client);
    await world.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never });
    await world.client.setAutomine(false);
    await setPrice(world.client, world.market, '2600');
    await inPool();
    await mine(3);
    await until('the liquidation', async () => (await liquidated()).some(({ args }) => args.owner === owner));
  });
});
