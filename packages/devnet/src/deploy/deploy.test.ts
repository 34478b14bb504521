import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { iOracleAbi } from '@millrace/protocol/contracts/i-oracle';
import { marketBytecode } from '@millrace/protocol/contracts/market';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { encodeFunctionData, keccak256, parseUnits } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devnetAccount } from '../chain/accounts.ts';
import { createDevnetClient, type DevnetClient } from '../chain/devnet-client.ts';
import { mineInOneBlock } from '../chain/mine-in-one-block.ts';
import { snapshot } from '../chain/snapshot.ts';
import { increaseTime, timeOf } from '../chain/time.ts';
import { type Anvil, startAnvil } from '../start-anvil.ts';
import { deployMarket } from './deploy-market.ts';
import { deployProtocol } from './deploy-protocol.ts';
import type { DeployedMarket, Deployment } from './deployment.ts';
import { loadDeployment, saveDeployment } from './deployment-file.ts';
import { approve, fund } from './fund.ts';
import { setPrice } from './set-price.ts';

let anvil: Anvil;
let client: DevnetClient;
let deployment: Deployment;
let market: DeployedMarket;

const lender = devnetAccount(1);
const folder = mkdtempSync(join(tmpdir(), 'millrace-devnet-'));

beforeAll(async () => {
  anvil = await startAnvil();
  client = createDevnetClient(anvil);
  deployment = await deployProtocol(client);
  market = await deployMarket(client, deployment, {
    collaterals: [
      { price: '3000' },
      {
        token: { name: 'Wrapped Bitcoin', symbol: 'WBTC', decimals: 8 },
        price: '60000',
        oracle: { feeds: 2 },
      },
      { token: { name: 'Gold', symbol: 'XAU', decimals: 18 }, price: '4000', oracle: { kind: 'mock' } },
    ],
  });
  deployment.markets.push(market);
});

afterAll(async () => {
  await anvil?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const quote = (index: number) =>
  client.readContract({
    address: market.collaterals[index]?.oracle.address ?? '0x',
    abi: iOracleAbi,
    functionName: 'quote',
  });

describe('deployProtocol', () => {
  it('deploys the code that was built', async () => {
    const hash = await client.readContract({
      address: deployment.marketFactory,
      abi: marketFactoryAbi,
      functionName: 'marketCodeHash',
    });
    expect(hash).toBe(keccak256(marketBytecode));
  });

  it('gives the same addresses on every fresh chain', async () => {
    const other = await startAnvil();
    try {
      const again = createDevnetClient(other);
      const { markets: _, ...addresses } = deployment;
      expect(await deployProtocol(again)).toMatchObject(addresses);
    } finally {
      await other.stop();
    }
  });
});

describe('deployMarket', () => {
  it('creates a market with the parameters of the defaults', async () => {
    const parameters = await client.readContract({
      address: market.address,
      abi: iMarketAbi,
      functionName: 'parameters',
    });
    expect(parameters).toMatchObject({
      stripes: 64n,
      minEpoch: 60n,
      maxEpoch: 86_400n,
      feeBps: 1_000n,
      rewardBps: 500n,
      targetHealthBps: 10_500n,
      minDebt: 10_000_000n,
      rateModel: deployment.kinkRate,
    });
  });

  it('prices collaterals of any decimals, from feeds and from mocks', async () => {
    expect(await quote(0)).toEqual([3_000n * 10n ** 24n, 3_000n * 10n ** 24n]);
    expect(await quote(1)).toEqual([60_000n * 10n ** 34n, 60_000n * 10n ** 34n]);
    expect(await quote(2)).toEqual([4_000n * 10n ** 24n, 4_000n * 10n ** 24n]);
  });

  it('serves who is funded and has approved', async () => {
    const amount = parseUnits('1000', 6);
    await fund(client, market.asset.address, lender.address, amount);
    await approve(client, market.asset.address, lender, market.address, amount);
    const { result } = await client.simulateContract({
      account: lender,
      address: market.address,
      abi: iMarketAbi,
      functionName: 'supply',
      args: [amount, lender.address, 0n, '0x'],
    });
    expect(result).toBeGreaterThan((amount * 999n) / 1000n);
  });
});

describe('setPrice', () => {
  it('moves a feed, one of two feeds, and a mock', async () => {
    await setPrice(client, market, '2912.5');
    expect(await quote(0)).toEqual([29_125n * 10n ** 23n, 29_125n * 10n ** 23n]);
    await setPrice(client, market, '60600', { index: 1, feed: 1 });
    expect(await quote(1)).toEqual([60_000n * 10n ** 34n, 60_600n * 10n ** 34n]);
    await setPrice(client, market, 5_000n * 10n ** 8n, { index: 2 });
    expect(await quote(2)).toEqual([5_000n * 10n ** 24n, 5_000n * 10n ** 24n]);
  });

  it('refuses an oracle that is not its own', async () => {
    await expect(setPrice(client, market, '1', { index: 3 })).rejects.toMatchObject({ code: 'PRICE_FIXED' });
  });
});

describe('time and state', () => {
  it('makes feeds stale, and restores what was remembered', async () => {
    const before = await snapshot(client);
    const then = await timeOf(client);
    expect(await increaseTime(client, 90_000)).toBe(then + 90_000n);
    expect(await quote(0)).toEqual([0n, 0n]);
    await before.restore();
    expect((await quote(0))[1]).toBeGreaterThan(0n);
    await increaseTime(client, 90_000);
    await before.restore();
    expect(await timeOf(client)).toBe(then);
  });
});

describe('mineInOneBlock', () => {
  it('mines everything in one block, in order, and keeps mining afterwards', async () => {
    const mint = (i: number) => ({
      from: devnetAccount(i % 3).address,
      to: market.asset.address,
      data: encodeFunctionData({ abi: mockTokenAbi, functionName: 'mint', args: [lender.address, 1n] }),
      gas: 100_000n,
    });
    const receipts = await mineInOneBlock(
      client,
      Array.from({ length: 30 }, (_, i) => mint(i)),
      { elapsedSeconds: 12n },
    );
    expect(new Set(receipts.map((receipt) => receipt.blockNumber)).size).toBe(1);
    expect(receipts.map((receipt) => receipt.transactionIndex)).toEqual(receipts.map((_, i) => i));
    expect(receipts.every((receipt) => receipt.status === 'success')).toBe(true);
    await fund(client, market.asset.address, lender.address, 1n);
  });

  it('says so when they do not fit', async () => {
    const small = await startAnvil({ blockGasLimit: 100_000 });
    try {
      const transfer = { from: lender.address, to: lender.address, gas: 21_000n };
      const five = Array.from({ length: 5 }, () => transfer);
      await expect(mineInOneBlock(createDevnetClient(small), five)).rejects.toMatchObject({
        code: 'BLOCK_TOO_SMALL',
        details: { mined: 4, sent: 5 },
      });
    } finally {
      await small.stop();
    }
  });
});

describe('saveDeployment', () => {
  it('writes what loadDeployment reads', () => {
    const path = saveDeployment(folder, deployment);
    expect(loadDeployment(folder)).toEqual(deployment);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"stripes": 64', '"stripes": "many"'));
    expect(() => loadDeployment(folder)).toThrow(/markets\[0\]\.stripes/);
    writeFileSync(path, text.slice(0, 200));
    expect(() => loadDeployment(folder)).toThrow(/not JSON/);
    expect(() => loadDeployment(join(folder, 'nowhere'))).toThrow(/no deployment/);
  });
});
