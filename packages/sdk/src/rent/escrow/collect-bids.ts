import { hashJobSpec, hashOrder, type JobSpec, type Order } from '@millrace/protocol/compute';
import type { SignedBidMessage } from '@millrace/protocol/wire';
import { type Address, isAddressEqual, zeroHash } from 'viem';
import type { RentHost } from '../host/rent-host.ts';
import { createNodeApi, type NodeApi } from '../node/node-api.ts';
import type { RankedOffer } from '../rank/rank-offers.ts';

/** How an escrowed job is agreed. Seconds. */
export type EscrowTerms = {
  readonly expiry: bigint;
  readonly runSeconds: bigint;
  readonly reviewSeconds: bigint;
  readonly nonce: bigint;
};

/** A bid of one node for an order that names it. */
export type CollectedBid = {
  readonly node: Address;
  readonly api: NodeApi;
  readonly order: Order;
  readonly bid: SignedBidMessage;
  readonly trust: number;
};

/** Asks nodes for bids; nothing is signed or promised yet. Best first: the cheapest, by trust. Those that refuse are left out. */
export async function collectBids(
  host: RentHost,
  spec: JobSpec,
  offers: readonly RankedOffer[],
  terms: EscrowTerms,
): Promise<{ bids: CollectedBid[]; refusals: { node: Address; error: unknown }[] }> {
  const refusals: { node: Address; error: unknown }[] = [];
  const asked = offers.map(async ({ offer: { ask }, trust }): Promise<CollectedBid[]> => {
    const api = createNodeApi(host.http, ask.endpoint);
    const order = orderFor(host, spec, ask.node, terms);
    try {
      const bid = await api.bid({ chainId: host.chainId, jobs: host.contracts.jobMarket, spec, order });
      const fits =
        isAddressEqual(bid.bid.node, ask.node) &&
        bid.bid.order === hashOrder(order) &&
        bid.bid.price <= order.maxPrice;
      return fits ? [{ node: ask.node, api, order, bid, trust }] : [];
    } catch (error) {
      refusals.push({ node: ask.node, error });
      return [];
    }
  });
  const bids = (await Promise.all(asked)).flat();
  const costOf = ({ bid, trust }: CollectedBid) => (Number(bid.bid.price) + 1) / trust;
  return { bids: bids.sort((a, b) => costOf(a) - costOf(b)), refusals };
}

/** An order that only this node can take. */
function orderFor({ account, token }: RentHost, spec: JobSpec, node: Address, terms: EscrowTerms): Order {
  return {
    requester: account.address,
    node,
    token,
    maxPrice: spec.needs.priceCap,
    spec: hashJobSpec(spec),
    ...terms,
    bondClass: zeroHash,
    leastBond: 0n,
  };
}
