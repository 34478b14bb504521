import type { DeployedMarket } from '@millrace/devnet';
import type { MarketEvent } from '../watch/market-events.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { indexRises, priceBelowCeiling, priceFallsByBadDebtAlone, rateSlews } from './accrual.ts';
import { bystandersKeepPositions, bystandersKeepShares } from './bystanders.ts';
import type { Check, Violation } from './check.ts';
import { badDebtIsBorne, liquidationHelps, reserveIsExplained } from './liquidations.ts';
import { solvent, surplusGrows } from './solvency.ts';
import { capsHold, debtSum, sharesSum, tillsCoverCash, tillsCoverCollateral } from './sums.ts';

/** Everything that must hold after every block. */
export const CHECKS: readonly Check[] = [
  solvent,
  surplusGrows,
  sharesSum,
  debtSum,
  tillsCoverCash,
  tillsCoverCollateral,
  indexRises,
  priceFallsByBadDebtAlone,
  priceBelowCeiling,
  badDebtIsBorne,
  reserveIsExplained,
  bystandersKeepShares,
  bystandersKeepPositions,
  liquidationHelps,
  capsHold,
  rateSlews,
];

/** Every check that does not hold in the step from one block to the next. */
export function checkBlock(
  markets: readonly DeployedMarket[],
  before: Snapshot,
  after: Snapshot,
  events: readonly (readonly MarketEvent[])[],
): Violation[] {
  return markets.flatMap((market, k) => {
    const [was, is] = [before.markets[k], after.markets[k]];
    if (was === undefined || is === undefined) return [];
    const times = { timeBefore: before.time, time: after.time };
    const step = { market, before: was, after: is, ...times, events: events[k] ?? [] };
    return CHECKS.flatMap(({ id, says, findFault }) => {
      const found = findFault(step);
      return found === undefined ? [] : [{ id, says, found, market: market.name, block: after.block }];
    });
  });
}
