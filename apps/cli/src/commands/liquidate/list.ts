import { formatHealth, formatTokens, parseAmount, WAD } from '@millrace/protocol';
import { openMarket } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { healthData, knownHealth, paintHealth } from '../../figures/health.ts';
import { marketName } from '../../figures/position-data.ts';
import { nameOf } from '../../keys/resolve-owner.ts';
import { bestOpportunity, findBorrowers, firstBlockOf, readDebtors } from '../../liquidation/opportunity.ts';
import { renderTable } from '../../terminal/table.ts';

const HEALTH_DECIMALS = 18;

export const liquidateList = defineCommand({
  path: 'liquidate list',
  summary: 'Whose position is due, and what it would earn',
  details: 'Earnings are before gas.',
  options: {
    below: { kind: 'text', value: 'health', about: 'show everybody below this health; default: 1' },
  },
  examples: ['liquidate list --market mrUSDC', 'liquidate list --market mrUSDC --below 1.5'],
  run: async (session, { options }) => {
    const below = options.below === undefined ? WAD : parseAmount(options.below, HEALTH_DECIMALS);
    const opened = await openMarket(session);
    const { market, isDevnet } = opened;
    const borrowers = await findBorrowers(opened, firstBlockOf(opened), session.signal);
    const debtors = await readDebtors(opened, borrowers);
    const shown = debtors.filter(({ healthWad }) => healthWad !== 'infinite' && healthWad < below);
    const { symbol, decimals } = market.asset;
    const found = shown.map((position) => ({ position, best: bestOpportunity(market, position) }));
    const right = (title: string) => ({ title, align: 'right' as const });
    const { colors } = session.terminal;
    const rows = found.map(({ position, best }) => {
      const token = best && market.collaterals[best.index]?.token;
      return [
        nameOf(position.owner, isDevnet),
        formatTokens(position.debt, decimals, 'debt', symbol),
        paintHealth(position, colors),
        best ? formatTokens(best.repay, decimals, 'debt', symbol) : '',
        token ? formatTokens(best.seized, token.decimals, 'asset', token.symbol) : '',
        best ? formatTokens(best.cost, decimals, 'asset', symbol) : '',
      ];
    });
    const table = renderTable(
      [{ title: 'owner' }, right('debt'), right('health'), right('repay'), right('take'), right('earns')],
      rows,
      colors.dim,
    );
    const [closest] = debtors;
    const none = closest
      ? `Nobody of ${debtors.length} borrowers is below ${formatHealth(below)}. The closest is ${nameOf(closest.owner, isDevnet)} at ${formatHealth(knownHealth(closest))}.`
      : 'Nobody owes anything.';
    return {
      data: {
        market: marketName(market),
        block: market.blockNumber,
        borrowers: debtors.length,
        positions: found.map(({ position, best }) => ({
          owner: position.owner,
          debt: position.debt,
          health: healthData(position),
          due: best !== undefined,
          liquidation: best
            ? {
                collateral: market.collaterals[best.index]?.token.symbol,
                repay: best.repay,
                seized: best.seized,
                earns: best.cost,
                closeOut: best.isCloseOut,
              }
            : null,
        })),
      },
      text: rows.length > 0 ? table : none,
    };
  },
});
