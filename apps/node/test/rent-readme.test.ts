import { readFileSync } from 'node:fs';
import * as rent from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { ECHO } from './modules.ts';
import { runEverywhere } from './rent-readme-example.ts';
import { startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

const readme = readFileSync(new URL('../../../packages/sdk/README.md', import.meta.url), 'utf8');
let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  // Found by the registry alone.
  node = await startRented(world, 1, { register: true });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

it('the README of the SDK shows a program that rents', async () => {
  const source = readFileSync(new URL('./rent-readme-example.ts', import.meta.url), 'utf8');
  expect(readme).toContain(source);
  const { client } = await world.payer(2);
  const { channels, nodeRegistry, jobMarket, token } = world.compute;
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const results = await runEverywhere({
    client,
    contracts: { channels, nodeRegistry, jobMarket },
    token: token.address,
    module: ECHO,
    inputs: [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)],
  });
  said.mockRestore();
  expect(results.map((bytes) => bytes?.[0])).toEqual([1, 2, 3]);
});

it('the README of the SDK names every function and error of renting', () => {
  const names = Object.keys(rent).filter((name) => /^[a-z]/.test(name) || name.endsWith('Error'));
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
