import { loadavg } from 'node:os';
import { mostDueOf, type Renter } from '@millrace/sdk/rent';
import type { Address } from 'viem';
import { createComputeWorld } from '../compute/node/compute-world.ts';
import { onlyNodes, rentIn } from '../compute/node/rent.ts';
import { compileKernel } from '../sandbox/compile-kernel.ts';
import { watchVouchers } from './acknowledged.ts';
import { createChores } from './chores.ts';
import { type Books, closeBooks } from './close-books.ts';
import type { Hostility } from './hostile-node.ts';
import { type Ends, judgeEnds } from './judge-ends.ts';
import { planKills } from './kill-nodes.ts';
import { type FleetNode, fleetPrice, startFleet } from './start-fleet.ts';

export type FleetOptions = {
  readonly nodes: number;
  readonly jobs: number;
  readonly kills: number;
  /** Chooses who is killed, and when. Not 0. */
  readonly seed: number;
  readonly say: (words: string) => void;
};

export type FleetReport = Ends & {
  readonly nodes: number;
  readonly seed: number;
  readonly seconds: number;
  readonly killed: readonly { readonly node: string; readonly seconds: number; readonly ended: number }[];
  readonly hostile: readonly {
    readonly node: string;
    readonly kind: Hostility;
    /** Jobs that it was given. */
    readonly given: number;
    /** Answers that it spoilt, or held back. */
    readonly spoilt: number;
  }[];
  /** What the renter noticed, by kind, and how often. */
  readonly noticed: Readonly<Record<string, number>>;
  readonly books: Books;
  readonly load: number;
};

const DEADLINE_MILLISECONDS = 240_000;
const SETTLING_MILLISECONDS = 60_000;

/** Many jobs on many nodes of which some are killed, one lies, and one takes work and says nothing. */
export async function measureFleet(options: FleetOptions): Promise<FleetReport> {
  const { nodes, jobs, kills, seed, say } = options;
  const world = await createComputeWorld(nodes);
  const fleet: FleetNode[] = [];
  try {
    const module = await compileKernel('chore');
    const chores = createChores(module, jobs);
    fleet.push(...(await startFleet(world, nodes, ['garbage', 'stall'], say)));
    const noticed: Record<string, number> = {};
    const acknowledged = watchVouchers();
    const renter = await rentIn(world, {
      ...onlyNodes(...fleet.map(({ endpoint }) => endpoint)),
      fetch: acknowledged.fetch,
      prefer: 'cheap',
      onEvent: ({ type }) => {
        noticed[type] = (noticed[type] ?? 0) + 1;
      },
    });
    const spec = await renter.specOf((chores[0] as (typeof chores)[0]).job);
    // Every node, the hostile ones too, can be given work from the first job on.
    const deposit = BigInt(Math.ceil((2 * jobs) / nodes)) * mostDueOf(spec, fleetPrice());
    for (const { process } of fleet) await renter.openChannel({ node: process.address, deposit });
    const load = Math.round((loadavg()[0] as number) * 10) / 10;
    say(`${jobs} jobs are given to ${nodes} nodes, at a load of ${load}`);
    const honest = fleet.filter(({ hostile }) => hostile === undefined);
    const plan = planKills(honest, kills, jobs, seed);
    const began = performance.now();
    const ends = await judgeEnds(renter, chores, {
      deadlineMilliseconds: DEADLINE_MILLISECONDS,
      run: { nodes, timeoutMilliseconds: DEADLINE_MILLISECONDS },
      onEnded: (count) => {
        plan.onEnded();
        if (count % 100 === 0) say(`${count} of ${jobs} jobs have ended`);
      },
    });
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const killed = await plan.done();
    say(`${killed.length} nodes were killed; they are started again`);
    await Promise.all(killed.map(({ node }) => node.process.start()));
    await settleWith(
      renter,
      killed.map(({ node }) => node),
      say,
    );
    await renter.close();
    say('channels are closed');
    const books = await closeBooks(world, fleet, renter.state, {
      vouchers: acknowledged.vouchers,
      mostDue: (price) => mostDueOf(spec, price),
    });
    return {
      ...{ ...ends, nodes, seed, seconds, noticed, books, load },
      killed: killed.map(({ node, ...when }) => ({ node: node.process.name, ...when })),
      hostile: fleet.flatMap(({ process, hostile }) =>
        hostile === undefined
          ? []
          : [
              {
                node: process.name,
                kind: hostile.kind,
                given: countGiven(renter, process.address),
                spoilt: hostile.node.spoilt(),
              },
            ],
      ),
    };
  } finally {
    await Promise.all(fleet.map(({ hostile }) => hostile?.node.close()));
    await world.close();
  }
}

/** Attempts that a node was given, by the books of the renter. */
function countGiven({ state }: Renter, node: Address): number {
  const channels = new Set(
    [...state.channels.values()].filter(({ payee }) => payee === node).map(({ id }) => id),
  );
  const attempts = [...state.jobs.values()].flatMap((job) => job.attempts);
  return attempts.filter(({ channel }) => channels.has(channel)).length;
}

/** Until those that came back have what is due to them, or for as long as anybody would wait. */
async function settleWith(renter: Renter, back: readonly FleetNode[], say: (words: string) => void) {
  const names = new Set(back.map(({ process }) => process.address));
  const until = Date.now() + SETTLING_MILLISECONDS;
  while (Date.now() < until) {
    await Promise.race([renter.settle(), new Promise((resolve) => setTimeout(resolve, 10_000))]);
    const channels = (await renter.listChannels()).filter(
      (it) => names.has(it.node) && it.over === undefined,
    );
    if (channels.every(({ ours, theirs }) => theirs?.signed === ours.signed)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  say('a node that was killed did not get its last voucher');
}
