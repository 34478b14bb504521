import type { DevnetClient } from './devnet-client.ts';

/** Moves the clock of the chain forward by whole seconds and mines one block at the new time, which it returns. */
export async function increaseTime(client: DevnetClient, seconds: number | bigint): Promise<bigint> {
  const { timestamp } = await client.getBlock({ blockTag: 'latest' });
  const next = timestamp + BigInt(seconds);
  await client.setNextBlockTimestamp({ timestamp: next });
  await client.mine({ blocks: 1 });
  return next;
}

/** The time of the newest block, in seconds. */
export async function timeOf(client: DevnetClient): Promise<bigint> {
  return (await client.getBlock({ blockTag: 'latest' })).timestamp;
}
