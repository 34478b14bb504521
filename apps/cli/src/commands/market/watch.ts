import { formatPercent, formatTokens } from '@millrace/protocol';
import { getMarket } from '@millrace/sdk';
import { openMarket } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { marketData } from '../../figures/market-data.ts';
import { formatMoment } from '../../figures/time.ts';
import { pause } from '../../terminal/pause.ts';
import { readSeconds } from '../../words/duration-words.ts';

export const marketWatch = defineCommand({
  path: 'market watch',
  summary: 'Follow a market, a line for every new block that is looked at',
  details: 'Ends with Ctrl-C. With --json every line is one document.',
  arguments: { market: { about: 'symbol, name or address; needed when there are several', optional: true } },
  options: {
    every: { kind: 'text', value: 'time', about: 'how often to look; default: 5s' },
    once: { kind: 'flag', about: 'look once' },
  },
  examples: ['market watch mrUSDC', 'market watch mrUSDC --every 30s --json'],
  endsOnInterrupt: true,
  run: async (session, { arguments: { market: named }, options }) => {
    const seconds = readSeconds(options.every ?? '5s');
    const settings = { ...session.settings, market: named ?? session.settings.market };
    const opened = await openMarket({ ...session, settings });
    const { client, deployment } = opened;
    let { market } = opened;
    for (let seen = -1n; ; ) {
      if (market.blockNumber !== seen) {
        const { symbol, decimals } = market.asset;
        const text = [
          formatMoment(market.time),
          `block ${market.blockNumber}`,
          `supplied ${formatTokens(market.supplied, decimals, 'asset', symbol)}`,
          `borrowed ${formatTokens(market.owed, decimals, 'debt', symbol)}`,
          `used ${formatPercent(market.utilisationWad, 'asset')}`,
          `pays ${formatPercent(market.borrowAprWad, 'debt')}`,
          `reserve ${formatTokens(market.reserve, decimals, 'asset', symbol)}`,
        ].join('  ');
        session.terminal.printLine({ data: marketData(market), text });
        seen = market.blockNumber;
      }
      if (options.once) return undefined;
      await pause(seconds * 1000, session.signal);
      if (session.signal.aborted) return undefined;
      market = await getMarket(client, { market: market.address, lens: deployment.lens });
    }
  },
});
