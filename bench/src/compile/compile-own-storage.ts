import { fileURLToPath } from 'node:url';
import { type Artifact, artifactOf } from './artifact.ts';
import { compileStorage } from './compile.ts';
import type { SolcStorage } from './solc.ts';

const ENTRIES = [
  'contracts/src/market/Market.sol',
  'contracts/src/rate/KinkRate.sol',
  'contracts/src/dev/MockToken.sol',
  'contracts/src/dev/MockOracle.sol',
  'contracts/src/dev/FlashBorrower.sol',
  'contracts/src/compute/Channels.sol',
  'contracts/src/compute/JobMarket.sol',
  'contracts/src/compute/Bond.sol',
];

/** Where a contract of ours keeps its variables. Its code is that of the release build, which nobody has to wait for. */
export function compileOwnStorage(file: string): Artifact<SolcStorage> {
  const contracts = compileStorage({
    title: 'the storage of our contracts',
    solc: 'solc',
    folder: fileURLToPath(new URL('../../../', import.meta.url)),
    entries: ENTRIES,
    settings: { remappings: ['solady/=solady/src/'], evmVersion: 'osaka' },
  });
  return artifactOf(contracts, file);
}
