import type { DevnetClient } from '@millrace/devnet';
import type { KeeperProcess } from './keeper-process.ts';
import { until } from './world.ts';

/** Waits until the keeper has ended a round at the newest block or later. */
export async function caughtUp(keeper: KeeperProcess, client: DevnetClient): Promise<void> {
  const { port } = await keeper.line(({ msg }) => msg === 'serving /metrics and /healthz');
  const figure = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(new RegExp(`^millrace_keeper_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  const head = Number(await client.getBlockNumber());
  await until(`block ${head} to be seen`, async () => (await figure('block_number')) >= head);
  const rounds = await figure('ticks_total{result="good"}');
  await until('the round to end', async () => (await figure('ticks_total{result="good"}')) > rounds);
}
