import type { Deployment } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { getMarket, getPosition, type Market, type Position } from '@millrace/sdk';
import { type Address, isAddressEqual } from 'viem';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
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
  await requireMarket(connection, address);
  return { ...connection, market: await getMarket(client, { market: address, lens: deployment.lens }) };
}

/** An address from anywhere may be a contract that only looks like a market: only those of the factory are. */
async function requireMarket(
  { client, deployment }: Connection & { deployment: Deployment },
  address: Address,
): Promise<void> {
  const { markets, marketFactory } = deployment;
  if (markets.some((each) => isAddressEqual(each.address, address))) return;
  const factory = { address: marketFactory, abi: marketFactoryAbi } as const;
  if (await client.readContract({ ...factory, functionName: 'isMarket', args: [address] })) return;
  throw new UsageError(
    `${address} is not a market of this deployment.`,
    'UNKNOWN_MARKET',
    '`millrace market list --all` shows every market that its factory has made.',
  );
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
