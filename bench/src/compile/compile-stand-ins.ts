import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.ts';
import { contractNamed, type Solc, type SolcContract } from './solc.ts';

const require = createRequire(import.meta.url);

/** Price feeds and flash borrowers of the peers, by name. The least that does: one slot, no events, no owner. */
export function compileStandIn(name: string): SolcContract {
  const contracts = compile({
    title: 'the stand-ins of the peers',
    solc: () => require('solc') as Solc,
    version: (require('solc/package.json') as { version: string }).version,
    folder: fileURLToPath(new URL('../../contracts/', import.meta.url)),
    entries: ['StandIns.sol'],
    settings: { optimizer: { enabled: true, runs: 10_000 }, evmVersion: 'cancun' },
  });
  return contractNamed(contracts, 'StandIns.sol', name);
}
