import { least, MillraceError, toMillraceError } from '@millrace/protocol';
import { getBalance, type Position, sendCall } from '@millrace/sdk';
import type { LocalAccount } from 'viem';
import { rehearse } from '../actions/rehearse.ts';
import type { OpenMarket } from '../chain/open-market.ts';
import type { BotEvent, BotLimits } from './bot-event.ts';
import { gasCost } from './gas-cost.ts';
import { bestOpportunity } from './opportunity.ts';
import { planLiquidation } from './plan-liquidation.ts';

/** Liquidates whoever is due and worth it, one after the other, and tells what became of each. */
export async function* runRound(
  opened: OpenMarket,
  debtors: readonly Position[],
  account: LocalAccount,
  limits: BotLimits,
): AsyncGenerator<BotEvent> {
  const { market } = opened;
  const due = debtors.filter(({ debt, limit }) => debt > limit);
  yield { event: 'scanned', block: market.blockNumber, borrowers: debtors.length, due: due.length };
  for (const position of due) {
    if (limits.signal.aborted) return;
    try {
      yield await attempt(opened, position, account, limits);
    } catch (error) {
      const known = toMillraceError(error);
      // Without a node nobody else can be liquidated either.
      if (known.fault === 'network' && known.code.startsWith('RPC_')) throw known;
      yield { event: 'failed', owner: position.owner, code: known.code, message: known.message };
    }
  }
}

async function attempt(
  opened: OpenMarket,
  position: Position,
  account: LocalAccount,
  limits: BotLimits,
): Promise<BotEvent> {
  const { client, market } = opened;
  const { owner } = position;
  const balance = await getBalance(client, { token: market.asset.address, owner: account.address });
  const budget = limits.maxRepay === undefined ? balance : least(balance, limits.maxRepay);
  const opportunity = bestOpportunity(market, position, budget);
  if (!opportunity) return { event: 'skipped', owner, reason: 'NOT_AFFORDABLE', budget };
  const plan = planLiquidation(opened, position, opportunity, account.address, budget);
  const { approval, gas } = await rehearse(client, plan, account.address);
  const wei = (gas ?? ASSUMED_GAS) * (await client.getGasPrice());
  const cost = gasCost(market, position, wei, limits.coin) ?? 0n;
  const profit = opportunity.cost - cost;
  const numbers = {
    owner,
    repay: opportunity.repay,
    seized: opportunity.seized,
    collateral: symbolOf(opened, opportunity.index),
    gasCost: cost,
    profit,
  };
  if (profit < limits.minProfit) return { event: 'skipped', reason: 'NOT_PROFITABLE', ...numbers };
  if (limits.dryRun) return { event: 'would-liquidate', ...numbers };
  if (approval) await sendCall(client, { call: approval, account });
  const { hash, receipt } = await sendCall(client, { call: plan.call, account, payment: plan.payment });
  return { event: 'liquidated', ...numbers, hash, block: receipt.blockNumber };
}

/** For nodes that cannot simulate an approval: a liquidation and an approval, generously. */
const ASSUMED_GAS = 400_000n;

function symbolOf({ market }: OpenMarket, index: number): string {
  return market.collaterals[index]?.token.symbol ?? '?';
}

/** Whether the bot may go on after this: the node may be back soon. */
export function isPassing(error: unknown): error is MillraceError {
  return error instanceof MillraceError && error.fault === 'network';
}
