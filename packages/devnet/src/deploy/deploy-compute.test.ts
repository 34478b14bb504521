import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bondAbi } from '@millrace/protocol/contracts/bond';
import { channelsAbi } from '@millrace/protocol/contracts/channels';
import { jobMarketAbi } from '@millrace/protocol/contracts/job-market';
import { zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { devnetAccount } from '../chain/accounts.ts';
import { createDevnetClient, type DevnetClient } from '../chain/devnet-client.ts';
import { snapshot } from '../chain/snapshot.ts';
import { type Anvil, startAnvil } from '../start-anvil.ts';
import { deployCompute } from './deploy-compute.ts';
import { deployProtocol } from './deploy-protocol.ts';
import { loadDeployment, saveDeployment } from './deployment-file.ts';

let anvil: Anvil;
let client: DevnetClient;
const folder = mkdtempSync(join(tmpdir(), 'millrace-devnet-'));

beforeAll(async () => {
  anvil = await startAnvil();
  client = createDevnetClient(anvil);
});
afterAll(async () => {
  await anvil?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('deploys contracts that know each other, at the same addresses every time', async () => {
  const start = await snapshot(client);
  const compute = await deployCompute(client);
  const bond = { address: compute.bond, abi: bondAbi } as const;
  expect(await client.readContract({ ...bond, functionName: 'token' })).toBe(compute.token.address);
  expect(await client.readContract({ ...bond, functionName: 'court' })).toBe(zeroAddress);
  expect(await client.readContract({ ...bond, functionName: 'unbonding' })).toBe(21n * 86_400n);
  const market = { address: compute.jobMarket, abi: jobMarketAbi, functionName: 'bond' } as const;
  expect(await client.readContract(market)).toBe(compute.bond);
  const channels = { address: compute.channels, abi: channelsAbi, functionName: 'challengeWindow' } as const;
  expect(await client.readContract(channels)).toBe(3_600n);

  await start.restore();
  expect(await deployCompute(client)).toEqual(compute);
});

it('takes the token, court and times that are named', async () => {
  const { token } = await deployCompute(client);
  const court = devnetAccount(5).address;
  const named = { token, court, unbondingSeconds: 30n * 86_400n, challengeSeconds: 7_200n };
  const compute = await deployCompute(client, named);
  const bond = { address: compute.bond, abi: bondAbi } as const;
  expect(compute.token).toEqual(token);
  expect(await client.readContract({ ...bond, functionName: 'court' })).toBe(court);
  expect(await client.readContract({ ...bond, functionName: 'unbonding' })).toBe(30n * 86_400n);
});

it('is kept in the file of the deployment, which is also good without it', async () => {
  const deployment = await deployProtocol(client);
  saveDeployment(folder, deployment);
  expect(loadDeployment(folder)).toEqual(deployment);
  const whole = { ...deployment, compute: await deployCompute(client) };
  saveDeployment(folder, whole);
  expect(loadDeployment(folder)).toEqual(whole);
});
