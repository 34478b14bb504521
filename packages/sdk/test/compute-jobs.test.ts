import { increaseTime, type Snapshot, snapshot, timeOf } from '@millrace/devnet';
import { hashJobSpec, hashOrder, toTextWord } from '@millrace/protocol/compute';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import { concat, keccak256, slice, toHex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptJob,
  cancelNonces,
  claimJob,
  collect,
  declineJob,
  getFreeNonce,
  getJob,
  lockBond,
  openJob,
  reclaimJob,
  type SignOrderParameters,
  signBid,
  signOrder,
  stake,
  submitJob,
} from '../src/compute/index.ts';
import { approve } from '../src/index.ts';
import {
  type Compute,
  node,
  payer,
  refusalOf,
  relayer,
  spec,
  startCompute,
  stranger,
  USDC,
} from './compute-fixture.ts';

const PRICE = USDC('4');
const RESULT = keccak256(toHex('result'));
const RECEIPT = keccak256(toHex('receipt'));
let compute: Compute;
let start: Snapshot;
let now: bigint;

beforeAll(async () => {
  compute = await startCompute();
  const { token, contracts, as } = compute;
  await approve(as(payer), { token, spender: contracts.jobMarket, amount: USDC('100') });
  now = await timeOf(compute.admin);
  start = await snapshot(compute.admin);
});
afterAll(() => compute?.anvil.stop());
beforeEach(() => start.restore());

const market = () => compute.contracts.jobMarket;
const terms = (more: Partial<SignOrderParameters> = {}): SignOrderParameters => ({
  jobMarket: market(),
  spec,
  token: compute.token,
  expiry: now + 3_600n,
  runSeconds: 600n,
  reviewSeconds: 300n,
  nonce: 0n,
  ...more,
});

async function match(more: Partial<SignOrderParameters> = {}, price = PRICE) {
  const order = await signOrder(compute.as(payer), terms(more));
  const bid = await signBid(compute.as(node), {
    jobMarket: market(),
    order: order.order,
    price,
    expiry: now + 60n,
    nonce: more.nonce ?? 0n,
  });
  return { jobMarket: market(), order, bid };
}

const open = async (more: Partial<SignOrderParameters> = {}) =>
  (await openJob(compute.as(relayer), await match(more))).result;
const stateOf = async (id: `0x${string}`) => (await getJob(compute.admin, { jobMarket: market(), id })).state;

describe('a job', () => {
  it('is ordered, bid for, matched by anybody, handed in, accepted and paid', async () => {
    const offer = await match();
    expect(offer.order.order).toMatchObject({ spec: hashJobSpec(spec), maxPrice: USDC('5') });
    const { result } = await openJob(compute.as(relayer), offer);
    const { id, job } = result;
    expect(job).toMatchObject({ requester: payer.address, node: node.address, price: PRICE });
    expect(await compute.balanceOf(payer.address)).toBe(USDC('996'));
    const asked = { address: market(), abi: iJobMarketAbi, functionName: 'jobId', args: [job] } as const;
    expect(await compute.admin.readContract(asked)).toBe(id);
    expect(await stateOf(id)).toBe('open');

    const submitted = await submitJob(compute.as(node), {
      jobMarket: market(),
      job,
      result: RESULT,
      receipt: RECEIPT,
    });
    const status = await getJob(compute.admin, { jobMarket: market(), id });
    expect(status).toEqual({
      state: 'submitted',
      reviewBy: submitted.result,
      digest: slice(keccak256(concat([RESULT, RECEIPT])), 0, 26),
    });

    await acceptJob(compute.as(payer), { jobMarket: market(), job });
    expect(await stateOf(id)).toBe('none');
    const lane = { payee: node.address, token: compute.token, number: 0n };
    const collected = await collect(compute.as(node), { contract: market(), lane });
    expect(collected.result).toBe(PRICE);
    expect(await compute.balanceOf(node.address)).toBe(USDC('1004'));
  });

  it('has the hash that bids name, as the contract computes it', async () => {
    const { order, bid } = await match({
      node: node.address,
      bondClass: toTextWord('integer'),
      leastBond: 7n,
    });
    const asked = {
      address: market(),
      abi: iJobMarketAbi,
      functionName: 'orderHash',
      args: [order.order],
    } as const;
    expect(await compute.admin.readContract(asked)).toBe(hashOrder(order.order));
    expect(bid.bid.order).toBe(hashOrder(order.order));
  });

  it('is paid by time when the requester is silent', async () => {
    const { job } = await open();
    await submitJob(compute.as(node), { jobMarket: market(), job, result: RESULT, receipt: RECEIPT });
    const claim = () => claimJob(compute.as(relayer), { jobMarket: market(), job });
    expect(await refusalOf(claim)).toMatchObject({ code: 'TOO_EARLY', retryable: true });
    await increaseTime(compute.admin, 302);
    const { events } = await claim();
    expect(events.map(({ eventName }) => eventName)).toEqual(['JobPaid']);
  });

  it('is refunded by time when the node is silent', async () => {
    const { job } = await open();
    const reclaim = () => reclaimJob(compute.as(stranger), { jobMarket: market(), job });
    expect((await refusalOf(reclaim)).code).toBe('TOO_EARLY');
    await increaseTime(compute.admin, 602);
    const late = { jobMarket: market(), job, result: RESULT, receipt: RECEIPT };
    expect((await refusalOf(() => submitJob(compute.as(node), late))).code).toBe('TOO_LATE');
    await reclaim();
    expect(await compute.balanceOf(payer.address)).toBe(USDC('1000'));
  });

  it('is given back by the node, and by nobody else', async () => {
    const { job } = await open();
    const theirs = await refusalOf(() => declineJob(compute.as(stranger), { jobMarket: market(), job }));
    expect(theirs.code).toBe('NOT_NODE');
    const early = await refusalOf(() => acceptJob(compute.as(payer), { jobMarket: market(), job }));
    expect(early.code).toBe('WRONG_STATE');
    await declineJob(compute.as(node), { jobMarket: market(), job });
    expect(await compute.balanceOf(payer.address)).toBe(USDC('1000'));
    const other = await refusalOf(() => acceptJob(compute.as(stranger), { jobMarket: market(), job }));
    expect(other.code).toBe('NOT_REQUESTER');
  });
});

describe('what does not match', () => {
  const refused = async (more: Partial<SignOrderParameters>, price = PRICE) =>
    (await refusalOf(async () => openJob(compute.as(relayer), await match(more, price)))).code;

  it.each([
    ['a price above the cap', {}, USDC('6'), 'PRICE_TOO_HIGH'],
    ['an order for another node', { node: stranger.address }, PRICE, 'WRONG_NODE'],
    ['a run that takes too long', { runSeconds: 8n * 86_400n }, PRICE, 'DURATION_TOO_LONG'],
    ['an order that expired', { expiry: 1n }, PRICE, 'SIGNATURE_EXPIRED'],
    ['a node without the bond', { bondClass: toTextWord('integer'), leastBond: 1n }, PRICE, 'BOND_TOO_SMALL'],
  ] as const)('%s', async (_what, more, price, code) => {
    expect(await refused(more, price)).toBe(code);
  });

  it('signatures of others', async () => {
    const offer = await match();
    const forged = { ...offer, order: { ...offer.order, signature: offer.bid.signature } };
    expect((await refusalOf(() => openJob(compute.as(relayer), forged))).code).toBe('BAD_SIGNATURE');
    const second = await match({ nonce: 1n });
    const crossed = { ...offer, bid: second.bid };
    expect((await refusalOf(() => openJob(compute.as(relayer), crossed))).code).toBe('WRONG_ORDER');
  });

  it('a requester without money or approval, in the words of the token', async () => {
    await approve(compute.as(payer), { token: compute.token, spender: market(), amount: 1n });
    const error = await refusalOf(() => open());
    expect(error).toMatchObject({ code: 'INSUFFICIENT_APPROVAL', details: { payer: payer.address } });
  });

  it('but a bond that was locked does', async () => {
    const { bond } = compute.contracts;
    const bondClass = toTextWord('integer');
    await approve(compute.as(node), { token: compute.token, spender: bond, amount: 10n });
    await stake(compute.as(node), { bond, amount: 10n });
    await lockBond(compute.as(node), { bond, bondClass, amount: 7n });
    expect((await open({ bondClass, leastBond: 7n })).job.price).toBe(PRICE);
  });
});

describe('nonces', () => {
  it('are used once, and the lowest free one is found', async () => {
    await open();
    expect((await refusalOf(() => open())).code).toBe('NONCE_USED');
    const free = (from?: bigint) =>
      getFreeNonce(compute.admin, { jobMarket: market(), party: payer.address, from });
    expect(await free()).toBe(1n);
    await cancelNonces(compute.as(payer), { jobMarket: market(), word: 0n, mask: 2n ** 256n - 1n });
    expect(await free()).toBe(256n);
    await cancelNonces(compute.as(payer), { jobMarket: market(), word: 1n, mask: 0b1011n });
    expect(await free()).toBe(258n);
    expect(await free(259n)).toBe(260n);
    expect((await refusalOf(() => open({ nonce: 5n }))).code).toBe('NONCE_USED');
  });
});
