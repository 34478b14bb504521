import { bidTypedData, hashJobSpec, hashOrder, signingDomain } from '@millrace/protocol/compute';
import type { BidRequest, SignedBidMessage } from '@millrace/protocol/wire';
import { isAddressEqual, zeroAddress } from 'viem';
import { requirePlace } from '../channel/quote.ts';
import type { Core } from '../core.ts';
import { mostDue, refuse, requireFit, requireRoom } from '../job/admission.ts';

/** How long a bid can be matched, seconds. */
const BID_SECONDS = 120n;
/** From the match until the node has heard of it, and until what it hands in is mined, seconds. */
const SLACK_SECONDS = 30n;
/** Nonces that are written down at once: a bid costs no write. */
const RESERVED = 64n;

/** Makes bids with nonces that are never used twice, not even after a crash. */
export function createBidder(core: Core): (request: BidRequest) => Promise<SignedBidMessage> {
  let next = core.journal.state.nextBid;
  let reserved = next;
  let lane = 0n;

  const takeNonce = async (): Promise<bigint> => {
    const nonce = next++;
    if (nonce >= reserved) {
      reserved = nonce + RESERVED;
      await core.journal.append({ t: 'bids', next: reserved.toString() });
    } else await core.journal.append();
    return nonce;
  };

  return async (request) => {
    const { order, spec } = request;
    const price = requireOrder(core, request);
    lane = (lane + 1n) % BigInt(core.config.lanes);
    const bid = {
      node: core.account.address,
      order: hashOrder(order),
      price,
      lane,
      expiry: BigInt(Math.floor(Date.now() / 1_000)) + BID_SECONDS,
      nonce: await takeNonce(),
    };
    const { chainId } = core.config.chain;
    const domain = signingDomain('jobs', { chainId, contract: core.config.contracts.jobMarket });
    const signature = await core.account.signTypedData(bidTypedData(domain, bid));
    core.log.debug({ spec: hashJobSpec(spec), price: price.toString() }, 'a bid was made');
    return { bid, signature };
  };
}

/** The price of an order that fits this node. */
function requireOrder(core: Core, { chainId, jobs, spec, order }: BidRequest): bigint {
  requirePlace(core, chainId, jobs, core.config.contracts.jobMarket);
  const { node, token, maxPrice, runSeconds } = order;
  if (!isAddressEqual(token, core.config.token)) {
    throw refuse('TOKEN_NOT_ACCEPTED', `This node is paid in ${core.config.token}.`, { asked: token });
  }
  const isForUs = node === zeroAddress || isAddressEqual(node, core.account.address);
  if (!isForUs || order.spec !== hashJobSpec(spec)) {
    throw refuse('ESCROW_MISMATCH', 'The order is for another node, or another job.', {
      node,
      spec: order.spec,
    });
  }
  requireFit(core, spec, core.config.price);
  requireRoom(core, spec);
  const price = mostDue(spec, core.config.price);
  if (price > maxPrice) {
    throw refuse('PRICE_ABOVE_CAP', `The price is ${price}, and the order pays ${maxPrice}.`, {
      mostDue: price,
      priceCap: maxPrice,
    });
  }
  const wait = BigInt(Math.ceil((core.scheduler.state().waitMilliseconds + spec.timeMilliseconds) / 1_000));
  if (runSeconds < wait + SLACK_SECONDS) {
    throw refuse(
      'ESCROW_DEADLINE',
      `The job may take ${wait + SLACK_SECONDS} seconds with all that belongs to it.`,
      {
        asked: runSeconds,
        least: wait + SLACK_SECONDS,
      },
    );
  }
  return price;
}
