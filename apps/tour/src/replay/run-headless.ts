import type { ReplayName } from '@millrace/devnet/prices';
import { startTourChain } from '../chain/tour-chain.ts';
import { startKeeper } from '../keeper/start-keeper.ts';
import { buildScene } from '../scene/build-scene.ts';
import { TourError } from '../tour-error.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { prepareReplay } from './prepare-replay.ts';
import { type Moment, runReplay } from './run-replay.ts';

/** Told what is being done, and every block. */
export type Listener = { says: (what: string) => void; sees: (moment: Moment) => void };

/**
 * Runs a replay to its end as fast as it can. Stops at the first block after which something does not hold.
 *
 * @throws MillraceError when the chain, the contracts or the keeper fail.
 */
export async function runHeadless(
  replay: ReplayName,
  port: number | undefined,
  listener: Listener,
): Promise<Outcome> {
  const { start, genesis, path } = await prepareReplay(replay);
  const chain = await startTourChain(genesis, port);
  try {
    const scene = await buildScene(chain, start, listener.says);
    const keeper = await startKeeper(scene);
    try {
      let last: Moment | undefined;
      for await (const moment of runReplay(scene, path, keeper)) {
        last = moment;
        listener.sees(moment);
        if (moment.violations.length > 0) break;
      }
      return toOutcome(replay, requireMoment(last));
    } finally {
      await keeper.stop();
    }
  } finally {
    await chain.stop();
  }
}

function requireMoment(moment: Moment | undefined): Moment {
  if (moment !== undefined) return moment;
  throw new TourError('The replay has no prices.', { code: 'SCENE_FAILED', fault: 'protocol' });
}
