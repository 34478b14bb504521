import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scene } from '../scene/scene.ts';

/** In which variable the keeper finds its key. */
export const KEY_VARIABLE = 'KEEPER_KEY';

/** Everybody who can be liquidated is, in one block: the scene has no other keepers who would share the work. */
const MOST_PER_BLOCK = 500;
/** Many liquidations of one block empty the same tills: the last ones look further than they did when simulated. */
const GAS_MARGIN_PERCENT = 400;
/** Positions far from danger are read again when prices move; time alone changes them little. */
const REFRESH_SECONDS = 43_200;

/** Writes what the keeper of the scene is told. @returns its folder, with its journal, and the path of the file */
export async function writeKeeperConfig(scene: Scene): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tour-'));
  const path = join(folder, 'keeper.json');
  await writeFile(path, JSON.stringify(toConfig(scene, folder), undefined, 2));
  return { folder, path };
}

function toConfig({ chain, deployment, markets }: Scene, folder: string) {
  return {
    chain: { rpc: [chain.url], chainId: deployment.chainId, reorgDepth: 0, positionsPerCall: 200 },
    lens: deployment.lens,
    journal: join(folder, 'keeper.journal'),
    signer: { keyEnv: KEY_VARIABLE },
    fees: { gasMarginPercent: GAS_MARGIN_PERCENT },
    markets: markets.map(({ symbol, address, createdAtBlock }) => ({
      name: symbol,
      address,
      fromBlock: Number(createdAtBlock),
      liquidations: { maxPerBlock: MOST_PER_BLOCK, refreshSeconds: REFRESH_SECONDS },
      alerts: false,
    })),
    alerts: { console: false },
    metrics: false,
    log: 'warn',
  };
}
