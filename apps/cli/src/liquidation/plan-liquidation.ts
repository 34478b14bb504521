import { formatPercent, formatTokens, least } from '@millrace/protocol';
import { buildLiquidate, type Position } from '@millrace/sdk';
import type { Address } from 'viem';
import { debtSoon } from '../actions/amounts.ts';
import type { Plan } from '../actions/plan.ts';
import type { OpenMarket } from '../chain/open-market.ts';
import { nameOf } from '../keys/resolve-owner.ts';
import type { Opportunity } from './opportunity.ts';

/**
 * The plan of a liquidation. It pays, and approves, at most `maxRepay`, and no more than the interest of the next minutes
 * above what is due now.
 */
export function planLiquidation(
  { market, isDevnet }: OpenMarket,
  position: Position,
  opportunity: Opportunity,
  liquidator: Address,
  maxRepay: bigint | undefined,
): Plan {
  const { index, repay, seized, cost, bonusWad, isCloseOut, badDebt } = opportunity;
  const { asset } = market;
  const token = market.collaterals[index]?.token ?? asset;
  const money = (amount: bigint, side: 'asset' | 'debt') =>
    formatTokens(amount, asset.decimals, side, asset.symbol);
  const soon = debtSoon(market, repay);
  const most = maxRepay === undefined ? soon : least(soon, maxRepay);
  const taken = isCloseOut ? 'all collateral' : formatTokens(seized, token.decimals, 'asset', token.symbol);
  const notes = [
    `Pays ${money(repay, 'debt')}, takes ${taken}: a bonus of ${formatPercent(bonusWad, 'asset')}, ${money(cost, 'asset')} before gas.`,
  ];
  if (badDebt > 0n)
    notes.push(`${money(badDebt, 'debt')} of the debt remains and becomes a loss of the market.`);
  return {
    action: 'liquidate',
    title: `Liquidate ${nameOf(position.owner, isDevnet)} in ${market.symbol}`,
    market,
    token: asset,
    amount: repay,
    before: position,
    after: opportunity.after,
    call: buildLiquidate({ market: market.address, owner: position.owner, index, maxRepay: most }),
    payment: { payer: liquidator, amount: repay },
    approval: { token: asset, amount: most },
    notes,
    extra: {
      owner: position.owner,
      collateral: token.symbol,
      collateralDecimals: token.decimals,
      seized,
      earns: cost,
      closeOut: isCloseOut,
      badDebt,
    },
  };
}
