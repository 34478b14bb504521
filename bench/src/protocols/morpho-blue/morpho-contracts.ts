import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compile } from '../../compile/compile.ts';
import { contractIn, type Solc, type SolcContract } from '../../compile/solc.ts';

const require = createRequire(import.meta.url);
const ENTRIES = ['src/Morpho.sol', 'src/mocks/IrmMock.sol'];

/** Morpho Blue and its own mock of a rate model, compiled from its package as it was for mainnet. */
export function compileMorpho(): { morpho: SolcContract; irm: SolcContract } {
  const contracts = compile({
    title: 'Morpho Blue',
    solc: () => require('solc-0.8.19') as Solc,
    version: (require('solc-0.8.19/package.json') as { version: string }).version,
    folder: dirname(require.resolve('@morpho-org/morpho-blue/package.json')),
    entries: ENTRIES,
    settings: {
      viaIR: true,
      optimizer: { enabled: true, runs: 999_999 },
      evmVersion: 'paris',
      metadata: { bytecodeHash: 'none' },
    },
  });
  return {
    morpho: contractIn(contracts, 'src/Morpho.sol'),
    irm: contractIn(contracts, 'src/mocks/IrmMock.sol'),
  };
}
