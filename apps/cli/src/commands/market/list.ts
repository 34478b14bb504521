import { formatPercent, formatTokens } from '@millrace/protocol';
import { getMarket, getMarkets } from '@millrace/sdk';
import { connectToDeployment } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { marketData } from '../../figures/market-data.ts';
import { renderTable } from '../../terminal/table.ts';

export const marketList = defineCommand({
  path: 'market list',
  summary: 'The markets, what they lend and what it costs',
  options: { all: { kind: 'flag', about: 'also markets that others made with the same factory' } },
  examples: ['market list', 'market list --all --json'],
  run: async (session, { options }) => {
    const { client, deployment } = await connectToDeployment(session);
    const { lens, marketFactory, deployedAtBlock: fromBlock } = deployment;
    const known = deployment.markets.map(({ address }) => address);
    const made = options.all
      ? await getMarkets(client, { marketFactory, fromBlock, signal: session.signal })
      : [];
    const addresses = [...new Set([...known, ...made.map(({ market }) => market)])];
    const markets = await Promise.all(addresses.map((market) => getMarket(client, { market, lens })));
    const { dim, yellow } = session.terminal.colors;
    const right = (title: string) => ({ title, align: 'right' as const });
    const columns = [
      { title: 'market' },
      { title: 'lends' },
      right('supplied'),
      right('borrowed'),
      right('used'),
      right('lenders earn'),
      right('borrowers pay'),
      { title: 'against' },
    ];
    const rows = markets.map((market) => {
      const { symbol, decimals } = market.asset;
      return [
        market.isPaused ? `${market.symbol} ${yellow('paused')}` : market.symbol,
        symbol,
        formatTokens(market.supplied, decimals, 'asset'),
        formatTokens(market.owed, decimals, 'debt'),
        formatPercent(market.utilisationWad, 'asset'),
        formatPercent(market.supplyAprWad, 'asset'),
        formatPercent(market.borrowAprWad, 'debt'),
        market.collaterals.map(({ token }) => token.symbol).join(', '),
      ];
    });
    const text = markets.length > 0 ? renderTable(columns, rows, dim) : 'There are no markets here yet.';
    return { data: { markets: markets.map(marketData) }, text };
  },
});
