import { createStripePlanner, getTills } from '@millrace/sdk';
import type { Address } from 'viem';
import type { OpenMarket } from '../chain/open-market.ts';

/** Above it the cap of a collateral is no limit in practice, and the tills need not be read. */
const UNLIMITED = 2n ** 120n;

/** The route of a deposit of collateral: each till takes `cap / L`, so a large one is spread over several. */
export async function routeForDeposit(
  { client, deployment, market }: OpenMarket,
  owner: Address,
  index: number,
  amount: bigint,
): Promise<bigint> {
  const collateral = market.collaterals[index];
  if (collateral === undefined || collateral.cap > UNLIMITED) return 0n;
  const { stripes } = market.parameters;
  const balances = await getTills(client, {
    market: market.address,
    lens: deployment.lens,
    token: collateral.token.address,
  });
  const planner = createStripePlanner({ stripes });
  planner.setTills(balances, index);
  const mostPerTill = collateral.cap / BigInt(stripes);
  return planner.assign({ kind: 'supplyCollateral', owner, amount, collateral: index, mostPerTill }).route;
}
