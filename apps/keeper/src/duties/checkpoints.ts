import { buildCheckpoint } from '@millrace/sdk';
import type { MarketView } from '../chain/market-view.ts';
import { type Desk, type Round, simulate } from '../desk.ts';
import { type KeptMarket, toUnits } from '../kept-market.ts';
import { computeReward, planCheckpoint } from '../plan/checkpoint.ts';
import { computeGasCost } from '../plan/liquidation.ts';
import { mayAct } from '../plan/permission.ts';

/**
 * Checkpoints a market when that pays or is overdue. The cause is the epoch that it ends, so one epoch is never ended
 * twice; when somebody else ended it, the next snapshot shows another epoch and nothing is left to do.
 *
 * @param gasPrice base units of the asset per wei, scaled by 1e36; `undefined` when unknown: then only overdue ones are made
 */
export async function keepCheckpoints(
  desk: Desk,
  market: KeptMarket,
  view: MarketView,
  gasPrice: bigint | undefined,
  round: Round,
): Promise<void> {
  const { checkpoints } = market.settings;
  const { books } = view;
  desk.metrics.checkpointAge.set({ market: market.name }, Number(books.now - books.settledAt));
  if (checkpoints === false) return;
  const rule = {
    forceAfter: BigInt(checkpoints.forceAfterSeconds),
    minProfit: toUnits(market, checkpoints.minProfit),
  };
  const costOf = (gas: bigint) =>
    gasPrice === undefined ? 2n ** 255n : computeGasCost(gas, round.fees.likely, gasPrice);
  if (!planCheckpoint(books, rule, costOf(0n)).act) return;

  const subject = `checkpoint:${market.address}`;
  if (mayAct(desk.journal.state, subject, round.head.number, Date.now()) !== 'yes') return;
  const call = buildCheckpoint({ market: market.address });
  const gas = await simulate(desk, subject, call);
  if (gas === undefined) return;
  const plan = planCheckpoint(books, rule, costOf(gas));
  if (!plan.act) return;
  await desk.act(
    {
      kind: 'checkpoint',
      subject,
      cause: String(books.settledAt),
      block: round.head.number,
      ...call,
      gas,
      market: market.address,
      note: { market: market.name, reason: plan.reason, reward: String(computeReward(books)) },
    },
    round.fees,
  );
}
