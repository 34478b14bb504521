import { createRandom } from './random.ts';
import type { FleetNode } from './start-fleet.ts';

/** When a node was killed, seconds from the first job, and how many jobs had ended then. */
export type Kill = { readonly node: FleetNode; readonly seconds: number; readonly ended: number };

/** Ends that have to come before a node is killed: a share of all jobs between these. */
const [EARLIEST, LATEST] = [0.05, 0.6];
const MOST_DELAY_MILLISECONDS = 400;

/**
 * Kills nodes (SIGKILL) at moments that a seed chooses, while jobs run.
 *
 * @returns what to tell how many jobs have ended, and the kills so far
 */
export function planKills(honest: readonly FleetNode[], count: number, jobs: number, seed: number) {
  const random = createRandom(seed);
  const left = [...honest];
  const planned = Array.from({ length: count }, () => ({
    node: left.splice(Math.floor(random() * left.length), 1)[0] as FleetNode,
    after: Math.ceil(jobs * (EARLIEST + random() * (LATEST - EARLIEST))),
    delay: random() * MOST_DELAY_MILLISECONDS,
  }));
  const began = performance.now();
  const kills: Promise<Kill>[] = [];
  let ended = 0;
  const kill = async ({ node, delay }: (typeof planned)[number]): Promise<Kill> => {
    await new Promise((resolve) => setTimeout(resolve, delay));
    const at = { seconds: Math.round((performance.now() - began) / 100) / 10, ended };
    await node.process.kill();
    return { node, ...at };
  };
  return {
    onEnded: (): void => {
      ended += 1;
      for (const each of planned.filter(({ after }) => after === ended)) kills.push(kill(each));
    },
    done: () => Promise.all(kills),
  };
}
