import type { MillraceError } from '@millrace/protocol';
import { bidTypedData, hashOrder, type Order, signingDomain } from '@millrace/protocol/compute';
import type { Account, Address } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';
import type { SignedBid } from './job-terms.ts';

export type SignBidParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  order: Order;
  /** Base units, at most the order’s `maxPrice`. */
  price: bigint;
  /** The last second in which it can be matched; seconds from now are enough. */
  expiry: bigint;
  /** From `getFreeNonce`, or a random number. */
  nonce: bigint;
  /** The node’s lane that the price waits in, below 2^16. Default: 0. */
  lane?: bigint | undefined;
  /** The node. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignBidReturnType = SignedBid;
export type SignBidErrorType = MillraceError;

/**
 * Signs what a node offers for an order.
 *
 * @throws {@link MillraceError} `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const bid = await signBid(node, { jobMarket, order, price: 4_000n, expiry: now + 10n, nonce })
 * ```
 */
export async function signBid(
  client: SdkClient,
  { jobMarket, order, price, lane = 0n, expiry, nonce, account: named }: SignBidParameters,
): Promise<SignBidReturnType> {
  const account = requireAccount(client, named);
  return await decoding(async () => {
    const bid = { node: account.address, order: hashOrder(order), price, lane, expiry, nonce };
    const domain = signingDomain('jobs', { chainId: await chainIdOf(client), contract: jobMarket });
    return { bid, signature: await signTypedData(client, { account, ...bidTypedData(domain, bid) }) };
  });
}
