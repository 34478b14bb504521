import { BPS, formatPercent, WAD } from '@millrace/protocol';
import { getOracle, type Market } from '@millrace/sdk';
import { type FeedAge, readFeedAges } from '../../chain/feed-ages.ts';
import { type OpenMarket, openMarket } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { marketName } from '../../figures/position-data.ts';
import { formatPrice, priceData } from '../../figures/prices.ts';
import { formatSpan } from '../../figures/time.ts';
import { renderFacts } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';

export const oracleShow = defineCommand({
  path: 'oracle show',
  summary: 'What the prices of a market are, where they come from, and whether they are live',
  arguments: { market: { about: 'symbol, name or address; needed when there are several', optional: true } },
  examples: ['oracle show mrUSDC', 'oracle show mrWETH --json'],
  run: async (session, { arguments: { market: named } }) => {
    const settings = { ...session.settings, market: named ?? session.settings.market };
    const opened = await openMarket({ ...session, settings });
    const { market } = opened;
    const found = await Promise.all(market.collaterals.map((collateral) => readPrices(opened, collateral)));
    return {
      data: {
        market: marketName(market),
        time: market.time,
        prices: found.map((each) => dataOf(market, each)),
      },
      text: found.map((each) => textOf(market, each, session.terminal)).join('\n\n'),
    };
  },
});

type Found = Awaited<ReturnType<typeof readPrices>>;

async function readPrices(opened: OpenMarket, { token, oracle, index }: Market['collaterals'][number]) {
  const [prices, feeds] = await Promise.all([
    getOracle(opened.client, { oracle }),
    readFeedAges(opened, index),
  ]);
  return { token, feeds, ...prices };
}

function dataOf(market: Market, { token, feeds, oracle, bid, ask, sources, maxDeviationBps }: Found) {
  return {
    collateral: token.symbol,
    oracle,
    bid: priceData(bid, token, market.asset),
    ask: priceData(ask, token, market.asset),
    usable: { borrow: bid > 0n, liquidate: ask > 0n },
    maxDeviationBps: maxDeviationBps ?? null,
    sources: sources.map(({ source, price, isLive }) => ({
      source,
      live: isLive,
      price: priceData(price, token, market.asset),
      ageSeconds: ageOf(feeds, source)?.ageSeconds ?? null,
      heartbeatSeconds: ageOf(feeds, source)?.heartbeatSeconds ?? null,
    })),
  };
}

function textOf(
  market: Market,
  { token, feeds, bid, ask, sources, maxDeviationBps }: Found,
  { colors }: Terminal,
): string {
  const price = (value: bigint) => formatPrice(value, token, market.asset);
  const facts: [string, string][] = [
    ['bid', bid > 0n ? price(bid) : `— ${colors.yellow('no new borrowing against it')}`],
    ['ask', ask > 0n ? price(ask) : `— ${colors.red('nobody who holds it can be liquidated')}`],
  ];
  for (const { source, price: told, isLive } of sources) {
    const age = ageOf(feeds, source);
    const said = age
      ? `, ${formatSpan(age.ageSeconds)} old, stale after ${formatSpan(age.heartbeatSeconds)}`
      : '';
    facts.push([
      'source',
      `${isLive ? colors.green('✓ live') : colors.red('✗ not live')} ${price(told)}${said} ${colors.dim(source)}`,
    ]);
  }
  if (maxDeviationBps !== undefined && sources.length > 1) {
    facts.push(['apart at most', formatPercent((maxDeviationBps * WAD) / BPS, 'debt')]);
  }
  return `${colors.bold(token.symbol)} in ${market.asset.symbol}\n${renderFacts(facts, colors.dim)}`;
}

function ageOf(feeds: readonly FeedAge[], source: string): FeedAge | undefined {
  return feeds.find((each) => each.source.toLowerCase() === source.toLowerCase());
}
