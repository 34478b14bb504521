import { createDevnetClient, devnetAccount } from '@millrace/devnet';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import { type Address, zeroHash } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRegisteredAt } from '../../src/chain/is-registered.ts';
import { KnownNodes } from '../../src/gossip/known-nodes.ts';
import { createWorld, type World } from '../world.ts';
import { pause } from './network.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('nodes that the chain knows become known, others do not', async () => {
  const account = devnetAccount(5);
  const client = createDevnetClient(world.anvil, { account });
  const profile = {
    endpoint: 'http://127.0.0.1:7000',
    capabilities: zeroHash,
    region: zeroHash,
    energy: zeroHash,
  };
  const hash = await client.writeContract({
    address: world.compute.nodeRegistry,
    abi: iNodeRegistryAbi,
    functionName: 'setProfile',
    args: [profile],
  });
  await client.waitForTransactionReceipt({ hash });

  const known = new KnownNodes(isRegisteredAt(world.client, world.compute.nodeRegistry));
  const [node, stranger] = [account.address, devnetAccount(6).address];
  expect([known.isKnown(node), known.isKnown(stranger)]).toEqual([false, false]);
  await expect.poll(() => known.isKnown(node), { timeout: 30_000 }).toBe(true);
  expect(known.isKnown(stranger)).toBe(false);
  known.close();
});

test('the chain is asked a few times a second, whatever names are invented; a failure is no answer', async () => {
  const asked: Address[] = [];
  const known = new KnownNodes(async (node) => {
    asked.push(node);
    if (asked.length === 1) throw new TypeError('fetch failed');
    return true;
  });
  const names = Array.from(
    { length: 5_000 },
    (_, at): Address => `0x${(at + 1).toString(16).padStart(40, '0')}`,
  );
  for (const name of names) known.isKnown(name);
  await pause(2_600);
  expect(asked.length).toBeGreaterThanOrEqual(16);
  expect(asked.length).toBeLessThanOrEqual(48);
  expect(known.isKnown(names[0] as Address)).toBe(false);
  expect(known.isKnown(names[1] as Address)).toBe(true);
  known.close();
  const before = asked.length;
  await pause(1_500);
  expect(asked).toHaveLength(before);
});
