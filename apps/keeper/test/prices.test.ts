import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { increaseTime, transact } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockAggregatorAbi } from '@millrace/protocol/contracts/mock-aggregator';
import { type Address, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { createWorld, openPosition, until, type World } from './world.ts';

let world: World;
let keeper: KeeperProcess;
let server: Server;
let file: string;
const feeds: Address[] = [];
let quoted: unknown = { data: { last: '61000' } };

function writePrice(text: string): void {
  // As a careful writer does it: never half a file.
  writeFileSync(`${file}.next`, text);
  renameSync(`${file}.next`, file);
}

beforeAll(async () => {
  const bitcoin = { name: 'Wrapped Bitcoin', symbol: 'WBTC', decimals: 8 };
  world = await createWorld({
    market: { collaterals: [{ price: '3000' }, { token: bitcoin, price: '60000' }] },
  });
  file = join(world.folder, 'price.json');
  writePrice('{"price": "3000"}');
  server = createServer((_, response) => response.end(JSON.stringify(quoted)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const { oracle } of world.market.collaterals) {
    if (oracle.kind !== 'feeds' || !oracle.feeds[0]) throw new Error('A feed was expected.');
    const { aggregator } = oracle.feeds[0];
    const args = [world.keeper] as const;
    const data = encodeFunctionData({ abi: mockAggregatorAbi, functionName: 'transferOwnership', args });
    await transact(world.client, { to: aggregator, data });
    feeds.push(aggregator);
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rule = { deviationBps: 100, heartbeatSeconds: 1_800, maxJumpBps: 5_000 };
  const config = world.writeConfig({
    prices: [
      { name: 'ETH', feed: feeds[0], source: { file: 'price.json' }, ...rule },
      { name: 'BTC', feed: feeds[1], source: { url, field: 'data.last' }, ...rule },
    ],
  });
  keeper = startKeeperProcess(config);
});
afterAll(async () => {
  await keeper?.kill('SIGKILL');
  server?.closeAllConnections();
  server?.close();
  await world?.stop();
});

const round = async (k: number) => {
  const address = feeds[k] ?? '0x';
  const [id, answer] = await world.client.readContract({
    address,
    abi: mockAggregatorAbi,
    functionName: 'latestRoundData',
  });
  return { id, answer };
};

describe('a keeper with feeds of its own', () => {
  it('writes what a URL says when it moved far enough', async () => {
    await until('the price of the URL', async () => (await round(1)).answer === 6_100_000_000_000n);
  });

  it('writes what a file says when it moved far enough, once', async () => {
    writePrice('{"price": "2969.999"}');
    await until('the price of the file', async () => (await round(0)).answer === 296_999_900_000n);
    const { id } = await round(0);
    writePrice('{"price": 2960}');
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await round(0)).toEqual({ id, answer: 296_999_900_000n });
  });

  it('writes again when the feed grows old', async () => {
    const before = await round(0);
    await increaseTime(world.client, 1_800);
    await until('a heartbeat', async () => (await round(0)).id === before.id + 1n);
    expect((await round(0)).answer).toBe(296_000_000_000n);
  });

  it('believes no leap, and goes on without a source', async () => {
    const before = await round(0);
    writePrice('{"price": "29"}');
    await keeper.line(({ msg }) => String(msg).includes('not believed'));
    writePrice('{"price": "soon"}');
    await keeper.line(({ msg }) => String(msg).includes('no positive decimal number'));
    quoted = { data: { last: '60000' } };
    await until('the other feed', async () => (await round(1)).answer === 6_000_000_000_000n);
    expect(await round(0)).toEqual(before);
  });

  it('liquidates at the price that it wrote', async () => {
    const owner = await openPosition(world, 0, '10', '23000');
    writePrice('{"price": "2600"}');
    await until('a liquidation', async () => {
      const { address } = world.market;
      const events = await world.client.getContractEvents({
        address,
        abi: iMarketAbi,
        eventName: 'Liquidated',
        fromBlock: 0n,
      });
      return events.some(({ args }) => args.owner === owner);
    });
  });
});
