import { fileURLToPath } from 'node:url';
import { type Artifact, artifactOf } from './artifact.ts';
import { compile } from './compile.ts';

const FILE = 'bench/contracts/StandIns.sol';

/** Price feeds and flash borrowers of the peers, by name. The least that does: one slot, no events, no owner. */
export function compileStandIn(name: string): Artifact {
  const contracts = compile({
    title: 'the stand-ins of the peers',
    solc: 'solc',
    folder: fileURLToPath(new URL('../../../', import.meta.url)),
    entries: [FILE],
    settings: { optimizer: { enabled: true, runs: 10_000 }, evmVersion: 'cancun' },
  });
  return artifactOf(contracts, FILE, name);
}
