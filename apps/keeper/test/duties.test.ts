import { approve, devnetAccount, fund, increaseTime, setPrice } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { ownStripe } from '@millrace/protocol/market';
import { type Address, decodeFunctionData, encodeFunctionData, parseGwei } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { createWorld, openPosition, pooled, until, type World } from './world.ts';

const EPOCH = 600;
const COMPETITOR = devnetAccount(8);
let world: World;
let keeper: KeeperProcess;

beforeAll(async () => {
  // Dearer transactions go first, so that a competitor can overtake.
  world = await createWorld({ anvil: { order: 'fees' }, market: { minEpoch: EPOCH, maxEpoch: 100 * EPOCH } });
  const { client, market } = world;
  await fund(client, market.asset.address, COMPETITOR.address, 10n ** 12n);
  await approve(client, market.asset.address, COMPETITOR, market.address);
  keeper = startKeeperProcess(
    world.writeConfig({
      market: {
        checkpoints: { forceAfterSeconds: EPOCH },
        liquidations: { minProfit: '-1000000' },
        rebalancing: { cooldownSeconds: 1, minMean: '1' },
      },
    }),
  );
  await keeper.line(({ msg }) => msg === 'approve done');
  await client.setAutomine(false);
});
afterAll(async () => {
  await keeper?.kill('SIGKILL');
  await world?.stop();
});

const mine = () => world.client.mine({ blocks: 1 });

const events = <T extends 'Checkpointed' | 'Liquidated' | 'Rebalanced'>(eventName: T) =>
  world.client.getContractEvents({
    address: world.market.address,
    abi: iMarketAbi,
    eventName,
    fromBlock: 0n,
    strict: true,
  });

/** What the keeper has in the pool, decoded. */
async function sending(): Promise<{ functionName: string; args: readonly unknown[]; nonce: number }[]> {
  return (await pooled(world)).map(({ input, nonce }) => {
    const { functionName, args } = decodeFunctionData({ abi: iMarketAbi, data: input });
    return { functionName, args: args ?? [], nonce };
  });
}

/** Sends a call to the market that is mined before the keeper's. */
async function overtake(functionName: 'checkpoint' | 'liquidate', args: readonly unknown[]): Promise<void> {
  const data = encodeFunctionData({ abi: iMarketAbi, functionName, args } as never);
  await world.client.sendTransaction({
    account: COMPETITOR,
    to: world.market.address,
    data,
    gas: 2_000_000n,
    maxPriorityFeePerGas: parseGwei('50'),
    maxFeePerGas: parseGwei('100'),
  });
}

const troubles = () => keeper.lines.filter(({ level }) => Number(level) >= 40);

describe('a keeper', () => {
  it('fills the till of somebody who uses it and finds it dry', async () => {
    const owner = await openPosition(world, 0, '10', '20000');
    const till = BigInt(ownStripe(owner, 64));
    // The till is in use since there is collateral: a quick keeper may have filled it in the block of the loan.
    await until(
      'a rebalancing',
      async () =>
        (await sending()).some((call) => call.functionName === 'rebalance') ||
        (await events('Rebalanced')).length > 0,
    );
    await mine();
    const moved = await events('Rebalanced');
    expect(moved[0]?.args).toMatchObject({ token: world.market.asset.address, to: till });
    expect(moved[0]?.args.amount).toBeGreaterThan(10n ** 11n);
  });

  it('checkpoints once for each epoch', async () => {
    for (let epoch = 1; epoch <= 2; epoch++) {
      await increaseTime(world.client, EPOCH);
      await until('a checkpoint', async () =>
        (await sending()).some((call) => call.functionName === 'checkpoint'),
      );
      await mine();
      await mine();
      await mine();
      expect((await events('Checkpointed')).length).toBe(epoch);
    }
    await keeper.line(({ msg }) => msg === 'checkpoint done');
  });

  it('leaves an epoch alone that somebody else ended first', async () => {
    const before = (await events('Checkpointed')).length;
    await increaseTime(world.client, EPOCH);
    await until('a checkpoint', async () =>
      (await sending()).some((call) => call.functionName === 'checkpoint'),
    );
    await overtake('checkpoint', []);
    await mine();
    await keeper.line(({ msg }) => msg === 'checkpoint beaten');
    for (let k = 0; k < 4; k++) await mine();
    await new Promise((done) => setTimeout(done, 500));
    expect(await sending()).toEqual([]);
    expect((await events('Checkpointed')).length).toBe(before + 1);
  });

  it('liquidates many in one block, each with its own nonce and a route to its own till', async () => {
    const owners: Address[] = [];
    for (let k = 1; k <= 6; k++) owners.push(await openPosition(world, k, '10', String(23_000 + 100 * k)));
    await setPrice(world.client, world.market, '2670');
    await until('six liquidations', async () => {
      return (await sending()).filter((call) => call.functionName === 'liquidate').length === 6;
    });
    const sent = await sending();
    expect(sent.map(({ nonce }) => nonce)).toEqual(sent.map((_, k) => k + (sent[0]?.nonce ?? 0)));
    for (const { args } of sent.filter(({ functionName }) => functionName === 'liquidate')) {
      const [owner, index, , route] = args as [Address, bigint, bigint, bigint];
      expect(index).toBe(0n);
      expect(route & 0xffffffn).toBe((BigInt(ownStripe(owner, 64)) << 16n) | (1n << 8n));
    }
    await mine();
    const liquidated = await events('Liquidated');
    expect(liquidated.map(({ args }) => args.owner).sort()).toEqual(owners.sort());
    expect(liquidated.every(({ args }) => args.liquidator === world.keeper)).toBe(true);
    await until(
      'all to be settled',
      () => keeper.lines.filter(({ msg }) => msg === 'liquidate done').length === 6,
    );
  });

  it('is not troubled by a competitor who is faster', async () => {
    const owner = await openPosition(world, 7, '10', '21000');
    await setPrice(world.client, world.market, '2440');
    await until('a liquidation', async () => (await sending()).some(({ args }) => args[0] === owner));
    const before = (await events('Liquidated')).filter(({ args }) => args.owner === owner).length;
    await overtake('liquidate', [owner, 0n, 10n ** 12n, 0n, '0x']);
    await mine();
    const line = await keeper.line(({ id, msg }) => msg === 'liquidate beaten' && String(id).includes(owner));
    expect(line).toMatchObject({ error: 'HEALTHY', level: 30 });
    const after = (await events('Liquidated')).filter(({ args }) => args.owner === owner);
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)?.args.liquidator).toBe(COMPETITOR.address);
  });

  it('has nothing to complain about', () => {
    expect(troubles()).toEqual([]);
  });
});
