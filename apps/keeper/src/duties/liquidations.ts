import { WAD } from '@millrace/protocol';
import { buildLiquidate } from '@millrace/sdk';
import { getCandidates, getRoute, getSnapshot } from '../chain/liquidation-reads.ts';
import type { Position } from '../chain/positions.ts';
import { type Desk, type Round, simulate } from '../desk.ts';
import { describeError } from '../errors.ts';
import { type KeptMarket, toUnits } from '../kept-market.ts';
import {
  chooseLiquidation,
  computeGasCost,
  computeProfit,
  type LiquidationRule,
} from '../plan/liquidation.ts';
import { mayAct } from '../plan/permission.ts';

/** Gas of a liquidation until it is simulated. */
const USUAL_GAS = 250_000n;
const BOTTOMLESS = 2n ** 255n;

/** What a round may still spend of one token, base units. */
export type Budget = { left: bigint };

/** What is liquidated in one round. `gasPrice`: base units of the asset per wei, scaled by 1e36. */
export type LiquidationRound = Round & {
  positions: readonly Position[];
  stripes: number;
  gasPrice: bigint;
  budget: Budget;
};

/** Whether a position can be liquidated: in debt, below health 1, and all it holds has a price. */
function isUnderwater({ debt, health, collaterals }: Position): boolean {
  const isPriced = collaterals.every(({ amount, ask }) => amount === 0n || ask > 0n);
  return debt > 0n && health < WAD && isPriced;
}

/** Liquidates what was read at this block and is below health 1, the largest debts first, as far as the budget reaches. */
export async function keepLiquidations(
  desk: Desk,
  market: KeptMarket,
  round: LiquidationRound,
): Promise<void> {
  const { liquidations } = market.settings;
  if (liquidations === false) return;
  const rule = {
    minProfit: toUnits(market, liquidations.minProfit),
    haircutBps: BigInt(liquidations.haircutBps),
  };
  const due = round.positions
    .filter(isUnderwater)
    .sort((a, b) => (a.debt < b.debt ? 1 : -1))
    .slice(0, liquidations.maxPerBlock);
  await Promise.all(
    due.map((position) =>
      liquidate(desk, market, position, rule, round).catch((error: unknown) => {
        desk.complaints.raise(subjectOf(market, position), describeError(error));
      }),
    ),
  );
}

function subjectOf(market: KeptMarket, { owner }: Position): string {
  return `liquidate:${market.address}:${owner}`;
}

async function liquidate(
  desk: Desk,
  market: KeptMarket,
  position: Position,
  rule: LiquidationRule,
  round: LiquidationRound,
): Promise<void> {
  const { head, fees, budget, gasPrice } = round;
  const subject = subjectOf(market, position);
  if (mayAct(desk.journal.state, subject, head.number, Date.now()) !== 'yes') return;
  const at = { market: market.address, block: head.number };
  const candidates = await getCandidates(desk.client, desk.lens, at, position);
  const costOf = (gas: bigint) => computeGasCost(gas, fees.likely, gasPrice);
  const choice = chooseLiquidation(candidates, budget.left, rule, costOf(USUAL_GAS));
  if (choice === undefined) {
    const wouldPay = chooseLiquidation(candidates, BOTTOMLESS, rule, costOf(USUAL_GAS)) !== undefined;
    if (wouldPay)
      desk.complaints.raise(`${market.symbol} purse`, 'too little of the asset to liquidate with');
    else desk.log.debug({ subject, health: String(position.health) }, 'not worth it yet');
    return;
  }
  desk.complaints.settle(`${market.symbol} purse`);
  const { candidate, maxRepay } = choice;
  // No `await` since the choice: what is chosen leaves the budget before anybody else looks at it.
  budget.left -= maxRepay;
  const [route, cause] = await Promise.all([
    getRoute(desk.client, desk.lens, at, {
      ...candidate.named,
      owner: position.owner,
      stripes: round.stripes,
    }),
    getSnapshot(desk.client, at, position.owner),
  ]);
  const call = buildLiquidate({
    market: market.address,
    owner: position.owner,
    index: candidate.index,
    maxRepay,
    route,
  });
  const gas = await simulate(desk, subject, call);
  const profit = gas === undefined ? undefined : computeProfit(candidate, rule, costOf(gas));
  if (gas === undefined || profit === undefined || profit < rule.minProfit) {
    budget.left += maxRepay;
    return;
  }
  const note = {
    market: market.name,
    owner: position.owner,
    health: String(position.health),
    repay: String(candidate.repay),
    profit: String(profit),
  };
  const spend = { token: market.asset, amount: maxRepay };
  const action = { kind: 'liquidate', subject, cause, block: head.number, market: market.address } as const;
  await desk.act({ ...action, ...call, gas, spend, note }, fees);
}
