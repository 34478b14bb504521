import { BPS, formatPercent, formatTokens, WAD } from '@millrace/protocol';
import { getPosition, type Market, type Position } from '@millrace/sdk';
import { zeroAddress } from 'viem';
import { openMarket } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { marketData } from '../../figures/market-data.ts';
import { formatPrice, priceData } from '../../figures/prices.ts';
import { formatMoment, formatSpan } from '../../figures/time.ts';
import { renderFacts, renderTable } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const UNLIMITED = 2n ** 127n;

export const marketShow = defineCommand({
  path: 'market show',
  summary: 'One market in full: money, rates, collateral, rules',
  arguments: { market: { about: 'symbol, name or address; needed when there are several', optional: true } },
  examples: ['market show mrUSDC', 'market show mrWETH --json'],
  run: async (session, { arguments: { market: named } }) => {
    const settings = { ...session.settings, market: named ?? session.settings.market };
    const { client, deployment, market } = await openMarket({ ...session, settings });
    // Nobody's position tells the prices that the market sees.
    const nobody = await getPosition(client, { market, lens: deployment.lens, owner: zeroAddress });
    const data = marketData(market);
    const collaterals = data.collaterals.map((each, i) => {
      const held = nobody.collaterals[i];
      const token = market.collaterals[i]?.token ?? market.asset;
      return {
        ...each,
        bid: priceData(held?.bid, token, market.asset),
        ask: priceData(held?.ask, token, market.asset),
      };
    });
    const { bold } = session.terminal.colors;
    const heading = `${bold(market.name)} ${market.symbol}`;
    return {
      data: { ...data, collaterals },
      text: [heading, facts(market, session.terminal), '', pledges(market, nobody, session.terminal)].join(
        '\n',
      ),
    };
  },
});

function facts(market: Market, { colors }: Terminal): string {
  const { asset, parameters } = market;
  const tokens = (amount: bigint, side: 'asset' | 'debt') =>
    formatTokens(amount, asset.decimals, side, asset.symbol);
  const open = market.isPaused
    ? colors.yellow(`paused until ${formatMoment(market.terms.pausedUntil)}; exits stay open`)
    : 'open';
  return renderFacts(
    [
      ['address', market.address],
      ['state', parameters.gate ? `${open}, entry is gated by ${parameters.gate}` : open],
      ['supplied', tokens(market.supplied, 'asset')],
      ['borrowed', `${tokens(market.owed, 'debt')} (${formatPercent(market.utilisationWad, 'asset')} used)`],
      ['at hand', tokens(market.liquid, 'asset')],
      [
        'reserve',
        `${tokens(market.reserve, 'asset')} (first loss; gets ${percent(parameters.feeBps)} of the interest)`,
      ],
      ['lenders earn', `${formatPercent(market.supplyAprWad, 'asset')} a year`],
      ['borrowers pay', `${formatPercent(market.borrowAprWad, 'debt')} a year`],
      ['least debt', tokens(parameters.minDebt, 'asset')],
      [
        'checkpoint',
        `${formatSpan(market.time - market.accrual.settledAt)} ago${market.isDue ? ', due' : ''}`,
      ],
      ['stripes', String(parameters.stripes)],
    ],
    colors.dim,
  );
}

function pledges(market: Market, nobody: Position, { colors }: Terminal): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  return renderTable(
    [
      { title: 'collateral' },
      right('bid'),
      right('ask'),
      right('borrow up to'),
      right('liquidated from'),
      right('bonus up to'),
      right('cap'),
    ],
    market.collaterals.map(({ index, token, ...terms }) => [
      token.symbol,
      formatPrice(nobody.collaterals[index]?.bid, token, market.asset),
      formatPrice(nobody.collaterals[index]?.ask, token, market.asset),
      percent(terms.borrowLtvBps),
      percent(terms.liquidationLtvBps),
      percent(terms.maxBonusBps),
      terms.cap > UNLIMITED ? 'none' : formatTokens(terms.cap, token.decimals, 'asset'),
    ]),
    colors.dim,
  );
}

function percent(bps: bigint): string {
  return formatPercent((bps * WAD) / BPS, 'asset');
}
