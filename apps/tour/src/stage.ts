import { startTourChain } from './chain/tour-chain.ts';
import type { Keeper } from './keeper/keeper.ts';
import { startKeeper } from './keeper/start-keeper.ts';
import type { PreparedReplay } from './replay/prepare-replay.ts';
import { buildScene } from './scene/build-scene.ts';
import type { Scene } from './scene/scene.ts';

/** What a stage needs to be set, and who is told how far it is. */
export type StageOptions = {
  prepared: PreparedReplay;
  /** Default: any free port. */
  port: number | undefined;
  says: (what: string) => void;
};

/**
 * Brings up chain, contracts, people and keeper, lets `play` happen on it, and takes everything down again, however it
 * ended.
 *
 * @throws MillraceError when something does not come up, and whatever `play` throws.
 */
export async function onStage<T>(
  { prepared, port, says }: StageOptions,
  play: (scene: Scene, keeper: Keeper) => Promise<T>,
): Promise<T> {
  says('a chain');
  const chain = await startTourChain(prepared.genesis, port);
  try {
    const scene = await buildScene(chain, prepared.start, says);
    says('the keeper');
    const keeper = await startKeeper(scene);
    try {
      return await play(scene, keeper);
    } finally {
      await keeper.stop();
    }
  } finally {
    await chain.stop();
  }
}
