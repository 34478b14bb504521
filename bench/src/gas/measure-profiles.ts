import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { BenchChain } from '../chain/bench-chain.ts';
import { deployMarket } from '../protocols/millrace/deploy-market.ts';
import { millraceProtocol } from '../protocols/millrace/millrace-protocol.ts';
import { LIMITS, OPERATIONS, type Operation, ROW_OF } from './operations.ts';
import { COSTS, type Profile, readProfile } from './read-profile.ts';
import { runScenario } from './scenario.ts';

/** Where the gas of each operation goes, in the scenario of the measuring stick. */
export async function measureProfiles(): Promise<Record<Operation, Profile>> {
  const chain = await BenchChain.start({ steps: true });
  try {
    const market = await deployMarket(chain);
    const extension = await chain.read(market.address, iMarketAbi, 'extension', []);
    const rows = await runScenario(chain, millraceProtocol(chain, market, { findsTills: true }));
    const profiles: [Operation, Profile][] = [];
    for (const name of OPERATIONS) {
      const row = rows.get(ROW_OF[name]);
      if (!row) throw new Error(`The scenario has no row for ${name}.`);
      profiles.push([name, await readProfile(chain, row, [market.address, extension])]);
    }
    return Object.fromEntries(profiles) as Record<Operation, Profile>;
  } finally {
    await chain.stop();
  }
}

/** Markdown: one column for each operation, one row for each kind of cost. */
export function renderProfiles(profiles: Readonly<Record<Operation, Profile>>): string {
  const line = (label: string, value: (name: Operation) => number) =>
    `| ${[label, ...OPERATIONS.map(value)].join(' | ')} |`;
  const total = (name: Operation) => Object.values(profiles[name]).reduce((sum, cost) => sum + cost, 0);
  const rows = [
    `| gas | ${OPERATIONS.join(' | ')} |`,
    `|---|${'---:|'.repeat(OPERATIONS.length)}`,
    ...COSTS.map((cost) => line(cost, (name) => profiles[name][cost])),
    line('transaction', total),
    line('limit', (name) => LIMITS[name]),
  ];
  return [
    '# Where the gas goes',
    'Opcode by opcode, from a trace of each transaction of `npm run bench -- gas`. Written by `npm run bench -- profile --update`. `cold` is the first touch of an account or a slot; `other code` is what tokens, oracle and flash borrower compute.',
    rows.join('\n'),
  ].join('\n\n');
}
