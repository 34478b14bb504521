import type { Deployment } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import { getMarket, getPosition, type Market, type Position } from '@millrace/sdk';
import type { Address } from 'viem';
import type { Session } from '../session.ts';
import { type Connection, connect } from './connect.ts';
import { type MarketWish, pickMarket } from './pick-market.ts';

/** A node, the contracts on it, and one of their markets. */
export type OpenMarket = Connection & { deployment: Deployment; market: Market };

/**
 * Connects and reads the market that is meant.
 *
 * @throws {@link MillraceError} what connecting throws, `NO_DEPLOYMENT`, and which market is not known.
 */
export async function openMarket(
  session: Session,
  wish: Omit<MarketWish, 'named'> = {},
): Promise<OpenMarket> {
  const connection = await connectToDeployment(session);
  const { deployment, client } = connection;
  const address = pickMarket(deployment.markets, { named: session.settings.market, ...wish });
  return { ...connection, market: await getMarket(client, { market: address, lens: deployment.lens }) };
}

/** @throws {@link MillraceError} `NO_DEPLOYMENT` when nobody said where the contracts are. */
export async function connectToDeployment(
  session: Session,
): Promise<Connection & { deployment: Deployment }> {
  const connection = await connect(session);
  const { deployment } = connection;
  if (deployment) return { ...connection, deployment };
  throw new MillraceError('It is not known where the contracts are on this chain.', {
    code: 'NO_DEPLOYMENT',
    fault: 'user',
    hint: 'Name the deployment file with --deployment or MILLRACE_DEPLOYMENT.',
  });
}

/** What `owner` has, in the block the market was read at. */
export function readPosition({ client, deployment, market }: OpenMarket, owner: Address): Promise<Position> {
  return getPosition(client, { market, lens: deployment.lens, owner, blockNumber: market.blockNumber });
}
