import type { Snapshot } from '@millrace/runtimes';
import { zeroHash } from 'viem';
import { expect, it } from 'vitest';
import { SnapshotKeeper } from './snapshot-keeper.ts';

const snapshot = (fuel: bigint): Snapshot => ({ fuel, bytes: new Uint8Array(), state: zeroHash });

/** Keeps each as slowly as it is told. */
function slowKeeper() {
  const kept: bigint[] = [];
  const begun: (() => void)[] = [];
  const keeper = new SnapshotKeeper(async ({ fuel }, microseconds) => {
    await new Promise<void>((resolve) => begun.push(resolve));
    kept.push(fuel + microseconds);
  });
  const finish = async () => {
    begun.shift()?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { kept, begun, keeper, finish };
}

it('keeps one at a time, and of those that came meanwhile the newest', async () => {
  const { kept, begun, keeper, finish } = slowKeeper();
  for (const fuel of [1n, 2n, 3n]) keeper.add(snapshot(fuel), 10n * fuel);
  expect(begun).toHaveLength(1);
  await finish();
  expect(begun).toHaveLength(1);
  let isDone = false;
  const done = keeper.done().then(() => {
    isDone = true;
  });
  expect(isDone).toBe(false);
  await finish();
  await done;
  expect(kept).toEqual([11n, 33n]);
  keeper.add(snapshot(4n), 0n);
  await finish();
  expect(kept).toEqual([11n, 33n, 4n]);
});

it('keeps nothing more of a job that has its result', async () => {
  const { kept, keeper, finish } = slowKeeper();
  keeper.add(snapshot(1n), 0n);
  keeper.add(snapshot(2n), 0n);
  keeper.drop();
  await finish();
  await keeper.done();
  expect(kept).toEqual([1n]);
});
