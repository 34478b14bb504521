import { formatHealth, MillraceError, parseAmount } from '@millrace/protocol';
import { type Market, type Position, quoteLiquidation } from '@millrace/sdk';
import { findCollateral } from '../../actions/find-collateral.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { knownHealth } from '../../figures/health.ts';
import { resolveOwner } from '../../keys/resolve-owner.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { bestOpportunity, type Opportunity } from '../../liquidation/opportunity.ts';
import { planLiquidation } from '../../liquidation/plan-liquidation.ts';

export const liquidateRun = defineCommand({
  path: 'liquidate run',
  summary: 'Repay somebody’s debt that is due and take collateral for it, with a bonus',
  arguments: {
    owner: { about: 'whose position: address, or a name on the local chain' },
    collateral: { about: 'which collateral to take; default: what earns most', optional: true },
  },
  options: {
    maxRepay: { kind: 'text', value: 'amount', about: 'pay no more than this; default: whatever is allowed' },
    ...signerOptions,
    ...sendOptions,
  },
  examples: [
    'liquidate run ivan --market mrUSDC --as bob',
    'liquidate run ivan WETH --max-repay 1000 --as bob --dry-run',
  ],
  run: async (session, { arguments: { owner: text, collateral }, options }) => {
    const opened = await openMarket(session, { collateral });
    const { market, isDevnet } = opened;
    const maxRepay =
      options.maxRepay === undefined ? undefined : parseAmount(options.maxRepay, market.asset.decimals);
    const owner = resolveOwner(text, isDevnet);
    const actor = await findActor(session, opened, options);
    const position = await readPosition(opened, owner.address);
    const opportunity = choose(market, position, collateral, maxRepay);
    if (!opportunity) throw notDue(market, position, owner.name, maxRepay);
    const plan = planLiquidation(opened, position, opportunity, actor.address, maxRepay);
    return perform(session, opened, actor, plan, options);
  },
});

function choose(
  market: Market,
  position: Position,
  symbol: string | undefined,
  maxRepay: bigint | undefined,
): Opportunity | undefined {
  if (symbol === undefined) return bestOpportunity(market, position, maxRepay);
  const { index } = findCollateral(market, symbol);
  const quote = quoteLiquidation({ market, position, index, maxRepay });
  return quote.isLiquidatable && quote.isViable ? { index, ...quote } : undefined;
}

function notDue(
  market: Market,
  position: Position,
  name: string,
  maxRepay: bigint | undefined,
): MillraceError {
  const isDue = position.debt > position.limit;
  const health = formatHealth(knownHealth(position));
  const details = { owner: position.owner, debt: position.debt, limit: position.limit };
  if (!isDue) {
    return new MillraceError(`${name} cannot be liquidated: the health is ${health}.`, {
      code: 'HEALTHY',
      fault: 'user',
      hint: `Liquidation starts below 1. \`millrace liquidate list --market ${market.symbol} --below 1.5\` shows who is close.`,
      details,
    });
  }
  return new MillraceError(`Nothing of ${name}’s position can be taken like this.`, {
    code: 'NOTHING_TO_SEIZE',
    fault: 'user',
    hint:
      maxRepay === undefined
        ? 'Choose another collateral, or wait for its price.'
        : 'Raise --max-repay: the position can only be closed as a whole.',
    details,
  });
}
