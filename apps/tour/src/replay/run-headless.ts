import type { ReplayName } from '@millrace/devnet/prices';
import { onStage } from '../stage.ts';
import { TourError } from '../tour-error.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { prepareReplay } from './prepare-replay.ts';
import { type Moment, runReplay } from './run-replay.ts';

/** Told what is being done, and every block. */
export type Listener = { says: (what: string) => void; sees: (moment: Moment) => void | Promise<void> };

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
  const prepared = await prepareReplay(replay);
  return onStage({ prepared, port, says: listener.says }, async (scene, keeper) => {
    let last: Moment | undefined;
    for await (const moment of runReplay(scene, prepared.path, keeper)) {
      last = moment;
      await listener.sees(moment);
      if (moment.violations.length > 0) break;
    }
    if (last !== undefined) return toOutcome(replay, last);
    throw new TourError('The replay has no prices.', { code: 'SCENE_FAILED', fault: 'protocol' });
  });
}
