import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDevnetClient, deployProtocol, devnetAccount, saveDeployment } from '@millrace/devnet';
import { createRenter } from '@millrace/sdk/rent';
import { digitsJob, readDigits, sampleDigits } from '@millrace/workload-digits';
import { loadHistory, mergeRisk, readShare, riskJob, splitRisk } from '@millrace/workload-risk';
import { readVoice, sampleRecording, voiceJob } from '@millrace/workload-voice';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { createWorld, type World } from './world.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/compute/rent-risk.ts', import.meta.url));
const CAP = { needs: { priceCap: 10n ** 12n } };

let world: World;
let nodes: RunningNode[];
beforeAll(async () => {
  world = await createWorld();
  const start = (name: string, index: number) =>
    startNode({
      config: world.config(name, {
        register: true,
        slots: 1,
        exposureCap: '1000000000',
        ...(index === 0 ? { runtimes: ['wasm', 'onnx'] } : {}),
      }),
      account: devnetAccount(5 + index),
    });
  nodes = await Promise.all(['one', 'two', 'three'].map(start));
});
afterAll(async () => {
  await Promise.all((nodes ?? []).map((node) => node.close()));
  await world?.close();
});

/** Somebody who rents: any node, or one only. */
async function rent(index: number, endpoint?: string) {
  const { client } = await world.payer(index);
  const { compute } = world;
  const discovery = endpoint === undefined ? {} : { nodes: [endpoint], registry: false, gossip: false };
  return createRenter({ client, contracts: compute, token: compute.token.address, discovery });
}

it('value at risk is the same on any number of nodes, and on none', async () => {
  await world.payer(1);
  const folder = join(world.folder, 'state');
  const deployment = await deployProtocol(createDevnetClient(world.anvil));
  saveDeployment(folder, { ...deployment, compute: world.compute });
  const run = async (pieces: number, nodeCount: number) => {
    const args = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx'), EXAMPLE];
    const words = [world.anvil.url, folder, String(pieces), String(nodeCount)];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, ...words]);
    const [, value = '', fingerprint = ''] = stdout.split('\n');
    return { value, fingerprint };
  };
  const alone = await run(1, 1);
  const spread = await run(6, 3);
  expect(alone.fingerprint).toMatch(/fingerprint of all paths: \S+/);
  expect(spread).toEqual(alone);
});

it('pieces that three nodes have done add up to the whole that one has done', async () => {
  const plan = {
    history: await loadHistory('stocks-monthly'),
    ...{ positions: { AAPL: 1_000_000n }, steps: 12, block: 3, paths: 4_000, seed: 3n },
  };
  // One after the other: the account that hands out money sends one transaction at a time.
  const renters: Awaited<ReturnType<typeof rent>>[] = [];
  for (const [at, { endpoint }] of nodes.entries()) renters.push(await rent(2 + at, endpoint));
  const runOn = async (piece: ReturnType<typeof splitRisk>[number], at: number) => {
    const { limits, ...job } = await riskJob(plan, piece);
    const done = await renters[at % renters.length]?.run({ ...job, ...limits, ...CAP }).result;
    return { node: done?.node, share: readShare(done?.bytes ?? new Uint8Array()) };
  };
  const whole = await Promise.all(splitRisk(plan.paths, 1).map(runOn));
  const parts = await Promise.all(splitRisk(plan.paths, 5).map(runOn));
  const merge = (done: typeof parts) =>
    mergeRisk(
      plan.paths,
      done.map(({ share }) => share),
    );
  expect(new Set(parts.map(({ node }) => node)).size).toBe(3);
  expect(merge(parts)).toEqual(merge(whole));
  await Promise.all(renters.map((renter) => renter.close()));
});

it('digits are read and speech is found by rented machines', async () => {
  const renter = await rent(8);
  const samples = await sampleDigits();
  const { limits, ...job } = await digitsJob(samples.map(({ image }) => image));
  const digits = await renter.run({ ...job, ...limits, ...CAP }).result;
  const { labels } = readDigits(digits.bytes);
  const right = labels.filter((label, at) => label === samples[at]?.label).length;
  expect(right / samples.length).toBeGreaterThan(0.95);

  const { limits: bounds, ...voice } = await voiceJob(await sampleRecording());
  const heard = await renter.run({ ...voice, ...bounds, timeMilliseconds: 300_000, ...CAP }).result;
  expect(readVoice(heard.bytes).segments.length).toBeGreaterThan(0);
  expect(heard.node).toBe(nodes[0]?.status().node);
  await renter.close();
}, 240_000);
