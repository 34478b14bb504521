import { type Artifact, artifactOf } from '../../compile/artifact.ts';
import { compile } from '../../compile/compile.ts';
import { folderOf } from '../../compile/npm-package.ts';

const ENTRIES = ['src/Morpho.sol', 'src/mocks/IrmMock.sol'];

/** Morpho Blue and its own mock of a rate model, compiled from its package as it was for mainnet. */
export function compileMorpho(): { morpho: Artifact; irm: Artifact } {
  const contracts = compile({
    title: 'Morpho Blue',
    solc: 'solc-0.8.19',
    folder: folderOf('@morpho-org/morpho-blue'),
    entries: ENTRIES,
    settings: {
      viaIR: true,
      optimizer: { enabled: true, runs: 999_999 },
      evmVersion: 'paris',
      metadata: { bytecodeHash: 'none' },
    },
  });
  return {
    morpho: artifactOf(contracts, 'src/Morpho.sol'),
    irm: artifactOf(contracts, 'src/mocks/IrmMock.sol'),
  };
}
