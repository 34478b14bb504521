import { bidTypedData, hashOrder, orderTypedData, signingDomain } from '@millrace/protocol/compute';
import { jobMarketAbi } from '@millrace/protocol/contracts/job-market';
import { type Address, decodeEventLog, type Hex, keccak256, toHex, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import type { ComputeContracts } from './deploy-compute.ts';
import { ANVIL_CHAIN_ID } from './domain.ts';

/** One match: who, at what price, in which lane, with which nonces. */
export type Match = {
  requester: PrivateKeyAccount;
  node: PrivateKeyAccount;
  price: bigint;
  lane: bigint;
  requesterNonce: bigint;
  nodeNonce: bigint;
};

/** What was agreed, as the contract wants to be told each time. */
export type Job = {
  requester: Address;
  node: Address;
  token: Address;
  lane: bigint;
  price: bigint;
  order: Hex;
  submitBy: bigint;
  reviewSeconds: bigint;
};

const EXPIRY = 4_000_000_000n;
const HOUR_SECONDS = 3600n;

/** Signs both sides and matches them, as the requester. */
export async function openJob(c: ComputeContracts, match: Match): Promise<Call> {
  const order = {
    requester: match.requester.address,
    node: zeroAddress,
    token: c.token,
    maxPrice: match.price,
    spec: keccak256(toHex('spec')),
    expiry: EXPIRY,
    runSeconds: HOUR_SECONDS * 24n,
    reviewSeconds: HOUR_SECONDS,
    bondClass: zeroHash,
    leastBond: 0n,
    nonce: match.requesterNonce,
  };
  const bid = {
    node: match.node.address,
    order: hashOrder(order),
    price: match.price,
    lane: match.lane,
    expiry: EXPIRY,
    nonce: match.nodeNonce,
  };
  const domain = signingDomain('jobs', { chainId: ANVIL_CHAIN_ID, contract: c.jobs });
  const orderSignature = await match.requester.signTypedData(orderTypedData(domain, order));
  const bidSignature = await match.node.signTypedData(bidTypedData(domain, bid));
  return callOf(match.requester.address, c.jobs, jobMarketAbi, 'open', [
    order,
    orderSignature,
    bid,
    bidSignature,
  ]);
}

/** The jobs that were opened in a block, from its events. */
export async function jobsOpenedIn(
  chain: BenchChain,
  c: ComputeContracts,
  block: Hex | 'latest',
): Promise<Job[]> {
  const filter = { address: c.jobs, fromBlock: block, toBlock: block };
  const logs = (await chain.request('eth_getLogs', [filter])) as { data: Hex; topics: [Hex, ...Hex[]] }[];
  return logs.flatMap((log) => {
    const event = decodeEventLog({ abi: jobMarketAbi, data: log.data, topics: log.topics });
    return event.eventName === 'JobOpened' ? [event.args.job] : [];
  });
}

export function submitJob(c: ComputeContracts, job: Job): Call {
  const [result, receipt] = [keccak256(toHex('result')), keccak256(toHex('receipt'))];
  return callOf(job.node, c.jobs, jobMarketAbi, 'submit', [job, result, receipt]);
}

/** The exits of a job. */
export function settleJob(
  c: ComputeContracts,
  job: Job,
  by: Address,
  exit: 'accept' | 'claim' | 'reclaim' | 'decline',
): Call {
  return callOf(by, c.jobs, jobMarketAbi, exit, [job]);
}

export function openJobTill(c: ComputeContracts, node: Address, lane: bigint): Call {
  return callOf(node, c.jobs, jobMarketAbi, 'openTill', [{ payee: node, token: c.token, number: lane }]);
}

export function collectJobs(c: ComputeContracts, node: Address, lane: bigint): Call {
  return callOf(node, c.jobs, jobMarketAbi, 'collect', [node, { payee: node, token: c.token, number: lane }]);
}
