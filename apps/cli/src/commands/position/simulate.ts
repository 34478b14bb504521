import { formatPercent, formatTokens, parseAmount, WAD } from '@millrace/protocol';
import {
  type Market,
  type Position,
  type QuoteLiquidationReturnType,
  quoteLiquidation,
  quoteShock,
} from '@millrace/sdk';
import { findCollateral } from '../../actions/find-collateral.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { knownHealth } from '../../figures/health.ts';
import { marketName, positionData } from '../../figures/position-data.ts';
import { unitPrice } from '../../figures/prices.ts';
import { renderChange } from '../../figures/render-change.ts';
import { signerOptions } from '../../keys/signer.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { type PriceWords, readPrice } from '../../words/price-words.ts';
import { findOwner } from './find-owner.ts';

const PRICE_DECIMALS = 18;

export const positionSimulate = defineCommand({
  path: 'position simulate',
  summary: 'What a fall of prices would do to a position, and what a liquidation would cost',
  details: 'Nothing is sent. Prices are changes, or prices in the loan asset.',
  arguments: { owner: { about: 'address, or a name on the local chain; default: you', optional: true } },
  options: {
    price: { kind: 'list', value: 'token=change', about: 'such as WETH=-30% or WETH=2100' },
    ...signerOptions,
  },
  examples: [
    'position simulate ivan --price WETH=-15%',
    'position simulate --as alice --price WETH=-30% --price WBTC=-20%',
  ],
  run: async (session, { arguments: { owner: text }, options }) => {
    if (options.price.length === 0) {
      throw new UsageError(
        'No price is changed.',
        'MISSING_ARGUMENT',
        'Add --price WETH=-30%, as often as you like.',
      );
    }
    const shocks = options.price.map(readPrice);
    const opened = await openMarket(session, { collateral: shocks[0]?.symbol });
    const owner = await findOwner(session, opened, text, options);
    const { market } = opened;
    const position = await readPosition(opened, owner.address);
    const { before, after } = quoteShock({ market, position, factorsWad: factors(market, position, shocks) });
    const liquidation = worstOf(market, after.position);
    const { terminal } = session;
    return {
      data: {
        owner: owner.address,
        market: marketName(market),
        before: positionData(market, before.position),
        after: positionData(market, after.position),
        liquidation: liquidation ? liquidationData(market, liquidation) : null,
      },
      text: [
        `${terminal.colors.bold(owner.name)} in ${market.symbol}, if ${options.price.join(', ')}`,
        renderChange(market, before.position, after.position, terminal.colors),
        liquidationWords(market, after.position, liquidation, terminal),
      ].join('\n'),
    };
  },
});

function factors(market: Market, position: Position, shocks: readonly PriceWords[]): Record<number, bigint> {
  const byIndex: Record<number, bigint> = {};
  for (const shock of shocks) {
    const { index, token } = findCollateral(market, shock.symbol);
    const now = position.collaterals[index]?.ask ?? 0n;
    if (shock.kind === 'factor') byIndex[index] = shock.wad;
    else if (now > 0n)
      byIndex[index] = (unitPrice(parseAmount(shock.text, PRICE_DECIMALS), token, market.asset) * WAD) / now;
  }
  return byIndex;
}

type Liquidation = QuoteLiquidationReturnType & { index: number };

/** Liquidators choose what earns them most, which is what costs the owner most. */
function worstOf(market: Market, position: Position): Liquidation | undefined {
  const all = market.collaterals.map(({ index }) => ({
    index,
    ...quoteLiquidation({ market, position, index }),
  }));
  if (!all.some(({ isLiquidatable }) => isLiquidatable)) return undefined;
  const viable = all.filter(({ isViable, seized, isCloseOut }) => isViable && (seized > 0n || isCloseOut));
  return viable.sort((a, b) => (a.cost < b.cost ? 1 : -1))[0] ?? all[0];
}

function liquidationWords(
  market: Market,
  after: Position,
  liquidation: Liquidation | undefined,
  { colors }: Terminal,
): string {
  if (knownHealth(after) === undefined) {
    return colors.yellow('A collateral would have no price: nobody could liquidate before it has one.');
  }
  if (!liquidation) return colors.green('It would not be liquidated.');
  const { index, repay, seized, cost, badDebt, bonusWad, isViable, isCloseOut } = liquidation;
  if (!isViable) return colors.yellow('It could be liquidated, but no single collateral is worth seizing.');
  const { symbol, decimals } = market.asset;
  const token = market.collaterals[index]?.token ?? market.asset;
  const money = (amount: bigint) => formatTokens(amount, decimals, 'debt', symbol);
  const taken = isCloseOut ? 'all collateral' : formatTokens(seized, token.decimals, 'debt', token.symbol);
  const lines = [
    colors.red('It would be liquidated:'),
    `somebody repays ${money(repay)} and takes ${taken}, a bonus of ${formatPercent(bonusWad, 'debt')}.`,
    `That costs ${money(cost)}.`,
  ];
  if (badDebt > 0n) lines.push(`${money(badDebt)} of the debt would remain as a loss of the market.`);
  return lines.join(' ');
}

function liquidationData(market: Market, { index, after, ...numbers }: Liquidation) {
  return {
    collateral: market.collaterals[index]?.token.symbol,
    ...numbers,
    after: positionData(market, after),
  };
}
