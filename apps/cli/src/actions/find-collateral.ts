import type { Collateral, Market } from '@millrace/sdk';
import { UsageError } from '../usage-error.ts';
import { sameToken } from '../words/same-token.ts';

/**
 * Which collateral of a market is meant; the only one when none is named.
 *
 * @throws {@link UsageError} `UNKNOWN_TOKEN` or `AMBIGUOUS_TOKEN`.
 */
export function findCollateral(market: Market, symbol: string | undefined): Collateral {
  const [first, second] = market.collaterals;
  const known = market.collaterals.map(({ token }) => token.symbol).join(', ');
  const found =
    symbol === undefined
      ? second === undefined && first
      : market.collaterals.find(({ token }) => sameToken(token.symbol, symbol));
  if (found) return found;
  if (symbol === undefined) {
    throw new UsageError(
      `${market.symbol} takes several tokens as collateral.`,
      'AMBIGUOUS_TOKEN',
      `Name one: ${known}.`,
    );
  }
  throw new UsageError(
    `${market.symbol} does not take ${symbol} as collateral.`,
    'UNKNOWN_TOKEN',
    `It takes ${known}.`,
  );
}
