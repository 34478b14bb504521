import { hashOrder, type JobSpec } from '@millrace/protocol/compute';
import { encodeWire } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { getBlockNumber } from 'viem/actions';
import type { JobTerms } from '../../compute/job/job-terms.ts';
import { openJob } from '../../compute/job/open-job.ts';
import { signOrder } from '../../compute/job/sign-order.ts';
import { allow } from '../channel/fund.ts';
import type { RentHost } from '../host/rent-host.ts';
import { randomWord } from '../job/random-word.ts';
import type { CollectedBid } from './collect-bids.ts';

/** A job in `JobMarket`. */
export type OpenedJob = { readonly id: Hex; readonly job: JobTerms };

/** It, and what its node is to know it by. */
export type OpenedEscrow = OpenedJob & { readonly nonce: Hex; readonly sentAt: number };

/** One more than the nonces of all orders that may stand on chain yet. */
export async function nextNonce(host: RentHost): Promise<bigint> {
  const { intents } = await host.store.load();
  return [...intents.values()].reduce((next, { orderNonce }) => {
    const after = BigInt(orderNonce) + 1n;
    return after > next ? after : next;
  }, 0n);
}

/**
 * Opens a job on chain with the bid that was chosen. It is written down before anything is signed, and again when it stands: in
 * between, `settleIntents` finds it.
 */
export async function openEscrow(host: RentHost, spec: JobSpec, best: CollectedBid): Promise<OpenedEscrow> {
  const { order } = best;
  const nonce = randomWord();
  const endpoint = best.api.endpoint;
  const fromBlock = await getBlockNumber(host.client, { cacheTime: 0 });
  await host.store.append({
    type: 'escrow-intent',
    order: hashOrder(order),
    orderNonce: `${order.nonce}`,
    expiry: `${order.expiry}`,
    fromBlock: `${fromBlock}`,
    endpoint,
    nonce,
    at: Date.now(),
  });
  const opened = await host.wallet(() => matchOrder(host, spec, best));
  const sentAt = Date.now();
  await host.store.append({
    type: 'escrow',
    id: opened.id,
    order: hashOrder(order),
    terms: encodeWire(opened.job),
    endpoint,
    nonce,
    at: sentAt,
  });
  return { ...opened, nonce, sentAt };
}

async function matchOrder(
  host: RentHost,
  spec: JobSpec,
  { order, bid, node }: CollectedBid,
): Promise<OpenedJob> {
  const { jobMarket } = host.contracts;
  await allow(host, 'approve', jobMarket, bid.bid.price);
  const { expiry, runSeconds, reviewSeconds, nonce, token } = order;
  const signed = await signOrder(host.client, {
    jobMarket,
    spec,
    token,
    node,
    expiry,
    runSeconds,
    reviewSeconds,
    nonce,
    account: host.account,
  });
  const { result } = await openJob(host.client, { jobMarket, order: signed, bid, account: host.account });
  return result;
}
