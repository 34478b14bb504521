import { formatTokens } from '@millrace/protocol';
import { getMarket, getPosition, type Market, type Position } from '@millrace/sdk';
import { connectToDeployment } from '../../chain/open-market.ts';
import { pickMarket } from '../../chain/pick-market.ts';
import { defineCommand } from '../../command.ts';
import { paintHealth } from '../../figures/health.ts';
import { marketName, positionData } from '../../figures/position-data.ts';
import { formatPrice } from '../../figures/prices.ts';
import { liquidationPriceOf } from '../../figures/render-change.ts';
import { signerOptions } from '../../keys/signer.ts';
import { renderFacts } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findOwner } from './find-owner.ts';

export const positionShow = defineCommand({
  path: 'position show',
  summary: 'What somebody has and owes, in all markets',
  arguments: { owner: { about: 'address, or a name on the local chain; default: you', optional: true } },
  options: signerOptions,
  examples: [
    'position show --as alice',
    'position show ivan --market mrUSDC',
    'position show 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --json',
  ],
  run: async (session, { arguments: { owner: text }, options }) => {
    const connection = await connectToDeployment(session);
    const owner = await findOwner(session, connection, text, options);
    const { client, deployment } = connection;
    const { lens, markets: known } = deployment;
    const named = session.settings.market;
    const addresses =
      named === undefined ? known.map(({ address }) => address) : [pickMarket(known, { named })];
    const found = await Promise.all(
      addresses.map(async (address) => {
        const market = await getMarket(client, { market: address, lens });
        return {
          market,
          position: await getPosition(client, {
            market,
            lens,
            owner: owner.address,
            blockNumber: market.blockNumber,
          }),
        };
      }),
    );
    const held = found.filter(({ position }) => !isEmpty(position));
    const { bold, dim } = session.terminal.colors;
    const parts = held.map(
      ({ market, position }) =>
        `${bold(market.symbol)} ${dim(market.name)}\n${facts(market, position, session.terminal)}`,
    );
    return {
      data: {
        owner: owner.address,
        positions: held.map(({ market, position }) => ({
          market: marketName(market),
          ...positionData(market, position),
        })),
      },
      text:
        parts.length > 0
          ? parts.join('\n\n')
          : `${owner.name} has nothing in ${found.map(({ market }) => market.symbol).join(', ')}.`,
    };
  },
});

function isEmpty({ shares, debt, collaterals }: Position): boolean {
  return shares === 0n && debt === 0n && collaterals.every(({ amount }) => amount === 0n);
}

function facts(market: Market, position: Position, { colors }: Terminal): string {
  const { symbol, decimals } = market.asset;
  const lines: [string, string][] = [];
  if (position.shares > 0n)
    lines.push(['supplied', formatTokens(position.supplied, decimals, 'asset', symbol)]);
  for (const { index, token } of market.collaterals) {
    const held = position.collaterals[index];
    if (!held || held.amount === 0n) continue;
    const worth = held.ask === 0n ? 'no price' : formatTokens(held.value, decimals, 'asset', symbol);
    lines.push([
      'collateral',
      `${formatTokens(held.amount, token.decimals, 'asset', token.symbol)} (${worth})`,
    ]);
  }
  if (position.debt > 0n) {
    lines.push(['debt', formatTokens(position.debt, decimals, 'debt', symbol)]);
    lines.push(['health', paintHealth(position, colors)]);
  }
  if (position.capacity > 0n)
    lines.push(['may borrow', formatTokens(position.available, decimals, 'asset', symbol)]);
  for (const { index, token } of market.collaterals) {
    const price = liquidationPriceOf(position, index);
    if (price === undefined) continue;
    const now = formatPrice(position.collaterals[index]?.ask, token, market.asset);
    lines.push([
      `liquidated if ${token.symbol} is below`,
      `${formatPrice(price, token, market.asset)} (now ${now})`,
    ]);
  }
  return renderFacts(lines, colors.dim);
}
