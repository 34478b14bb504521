import type { Deployment } from '@millrace/devnet';
import { getMarket, getOracle, type Market } from '@millrace/sdk';
import type { Connection } from '../chain/connect.ts';
import { readFeedAges } from '../chain/feed-ages.ts';
import { formatPrice } from '../figures/prices.ts';
import { formatMoment, formatSpan } from '../figures/time.ts';
import { type Finding, ok, warning } from './finding.ts';

/** Whether markets are open and their prices live. */
export async function checkMarkets(connection: Connection & { deployment: Deployment }): Promise<Finding[]> {
  const { client, deployment } = connection;
  const found = await Promise.all(
    deployment.markets.map(async ({ address }) => {
      const market = await getMarket(client, { market: address, lens: deployment.lens });
      const prices = market.collaterals.map((_, index) => checkPrice({ ...connection, market }, index));
      return [checkState(market), ...(await Promise.all(prices))];
    }),
  );
  return found.flat();
}

function checkState(market: Market): Finding {
  if (!market.isPaused) return ok('market', `${market.symbol} is open.`);
  const until = formatMoment(market.terms.pausedUntil);
  return warning(
    'market',
    `${market.symbol} takes no new supply and loans until ${until}.`,
    'Repaying and withdrawing work all the same.',
  );
}

async function checkPrice(
  opened: Connection & { deployment: Deployment; market: Market },
  index: number,
): Promise<Finding> {
  const { market, client } = opened;
  const collateral = market.collaterals[index];
  if (collateral === undefined)
    return warning('price', `${market.symbol} has no collateral ${index}.`, 'Check --deployment.');
  const { token, oracle } = collateral;
  const [{ bid, ask }, ages] = await Promise.all([
    getOracle(client, { oracle }),
    readFeedAges(opened, index),
  ]);
  const oldest = ages.reduce<bigint | undefined>(
    (most, { ageSeconds }) => (most !== undefined && most > ageSeconds ? most : ageSeconds),
    undefined,
  );
  const age = oldest === undefined ? '' : `, ${formatSpan(oldest)} old`;
  const pair = `${token.symbol} in ${market.symbol}`;
  const wait = opened.isDevnet
    ? 'On the local chain: `millrace dev wait 1s` renews the prices.'
    : 'Repaying and withdrawing work without prices; wait for the feed.';
  if (ask === 0n)
    return {
      check: 'price',
      status: 'failed',
      says: `${pair} has no price${age}.`,
      hint: wait,
      code: 'PRICE_UNAVAILABLE',
    };
  if (bid === 0n) return warning('price', `${pair} has one price, unfit for new loans${age}.`, wait);
  return ok('price', `${pair} is ${formatPrice(ask, token, market.asset)}${age}.`);
}
