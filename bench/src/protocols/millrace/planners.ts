import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { createStripePlanner, planStripes } from '@millrace/sdk';
import type { BenchChain } from '../../chain/bench-chain.ts';
import type { Job } from '../lending-protocol.ts';
import type { BenchMarket } from './bench-market.ts';
import type { Planner } from './millrace-protocol.ts';
import { NO_ROUTE } from './numbers.ts';

/** Every operation uses the stripe that the hash of its owner gives. */
export const byHash: Planner = async (_chain, _market, jobs) => jobs.map(() => NO_ROUTE);

/** All operations are known when the first is sent: a gateway, a batch. */
export const together: Planner = async (chain, m, jobs) => {
  const tills = await readTills(chain, m);
  const plan = planStripes({ stripes: m.stripes, tills, operations: jobs.map(toOperation) });
  return plan.map(({ route }) => route);
};

/** Each operation knows those sent before it: strangers who watch what is pending. */
export const inTurn: Planner = async (chain, m, jobs) => {
  const planner = createStripePlanner({ stripes: m.stripes, tills: await readTills(chain, m) });
  return jobs.map((job) => planner.assign(toOperation(job)).route);
};

function toOperation({ kind, user, amount }: Job) {
  return { kind, owner: user, amount };
}

function readTills(chain: BenchChain, m: BenchMarket): Promise<bigint[]> {
  const balances = Array.from({ length: m.stripes }, async (_, j) => {
    const till = await chain.read(m.address, iMarketAbi, 'tillOf', [BigInt(j)]);
    return chain.read(m.asset, mockTokenAbi, 'balanceOf', [till]);
  });
  return Promise.all(balances);
}
