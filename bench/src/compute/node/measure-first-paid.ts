import { hardwareSchema } from '@millrace/protocol/wire';
import { noopModule } from '../../sandbox/noop.ts';
import { createComputeWorld } from './compute-world.ts';
import { createNodeProcess, runNodeProgram } from './node-process.ts';
import { rentIn, smallJob } from './rent.ts';

/** Seconds from the beginning, at each step. */
export type FirstPaid = {
  readonly measured: number;
  readonly started: number;
  readonly found: number;
  readonly result: number;
  /** The node has accepted a voucher for the job. */
  readonly paid: number;
};

const PATIENCE_MILLISECONDS = 60_000;

/**
 * A stranger becomes a node and earns: the machine is measured as `node init` does it, the daemon starts and registers itself, a
 * renter finds it in the registry, opens a channel, runs a job and pays. Only the chain is there before.
 */
export async function measureFirstPaid(): Promise<FirstPaid> {
  const world = await createComputeWorld(1);
  try {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 10) / 100;
    const report = JSON.parse(await runNodeProgram(['benchmark', '--json']));
    const hardware = hardwareSchema.parse(report.hardware);
    const measured = seconds();
    const { integer, float } = hardware.fuelPerSecond;
    const node = await createNodeProcess(world, 0, {
      register: true,
      gossip: { listen: ['/ip4/127.0.0.1/tcp/0'] },
      hardware: { ...hardware, fuelPerSecond: { integer: `${integer}`, float: `${float}` } },
    });
    await node.start();
    const started = seconds();
    const renter = await rentIn(world);
    const job = smallJob(noopModule());
    const spec = await renter.specOf(job);
    while ((await renter.findOffers(spec)).ranked.length === 0) {
      if (performance.now() - began > PATIENCE_MILLISECONDS) throw new Error('Nobody finds the node.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const found = seconds();
    const { cost } = await renter.run(job, { watch: false }).result;
    const result = seconds();
    await renter.settle();
    const [channel] = await renter.listChannels();
    const paid = seconds();
    if (cost === 0n || channel?.theirs?.signed !== cost) throw new Error('The node was not paid.');
    await renter.close();
    return { measured, started, found, result, paid };
  } finally {
    await world.close();
  }
}
