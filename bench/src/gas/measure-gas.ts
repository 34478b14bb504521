import { BenchChain } from '../chain/bench-chain.ts';
import { deployMarket } from '../market/deploy-market.ts';
import { runExtraRows } from './extra-rows.ts';
import { OPERATIONS, type Operation, ROW_OF } from './operations.ts';
import { type Rows, runScenario } from './scenario.ts';

/** Gas by operation, and by every row that was measured. */
export type GasReport = {
  millrace: Record<Operation, number>;
  rows: Record<string, number>;
  extra: Record<string, number>;
};

/** Runs the scenario on a chain of its own; two runs of the same code give the same numbers. */
export async function measureGas(): Promise<GasReport> {
  const chain = await BenchChain.start();
  try {
    const market = await deployMarket(chain);
    const rows = gasOf(await runScenario(chain, market));
    const extra = gasOf(await runExtraRows(chain, market));
    const operations = OPERATIONS.map((name) => [name, rows[ROW_OF[name]] ?? Number.NaN]);
    return { millrace: Object.fromEntries(operations), rows, extra };
  } finally {
    await chain.stop();
  }
}

function gasOf(rows: Rows): Record<string, number> {
  return Object.fromEntries([...rows].map(([label, { gas }]) => [label, gas]));
}
