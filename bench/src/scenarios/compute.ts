import type { PrivateKeyAccount } from 'viem/accounts';
import { account } from '../chain/account.ts';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import * as channels from '../compute/channel-calls.ts';
import { type ComputeContracts, deployCompute, fund } from '../compute/deploy-compute.ts';
import { describeCompute } from '../compute/describe-compute.ts';
import * as jobs from '../compute/job-calls.ts';
import { party } from '../compute/party.ts';
import { WAD } from '../protocols/numbers.ts';
import type { Scenario } from './scenario.ts';

const EACH = 500;
const DEPOSIT = 100n * WAD;
const DAY_SECONDS = 86_400;
const FUNDED_IN_A_BLOCK = 250;

/** What one stranger settles, made ready before the block. */
type Settling = (k: number) => Call;

/**
 * One block of strangers: 500 open a channel, 500 redeem a voucher, 500 settle: they collect, finalise a channel, accept a job, claim
 * one, or reclaim one. Nobody is a party to two of them, so none may meet another anywhere.
 */
export const computeStrangers: Scenario = async (chain) => {
  const c = await deployCompute(chain);
  const openings = channelsOf(c, 'opening', EACH);
  const redemptions = channelsOf(c, 'redemption', EACH);
  await prepareChannels(chain, c, redemptions, openings);
  const settle = await prepareSettlements(chain, c);
  const calls = await Promise.all(
    openings.map(async (opening, k) => [
      channels.openChannel(c, opening, DEPOSIT),
      channels.redeem(c, await channels.signVoucher(c, redemptions[k] as channels.BenchChannel, 2n * WAD)),
      settle(k),
    ]),
  );
  await chain.mine(calls.flat(), { advance: 2 * DAY_SECONDS, ordered: true });
  return describeCompute(c);
};

/**
 * One block of one popular node: 500 payers, each in a lane of the node's; half of them open their channels, and of the other half the
 * node's helpers redeem vouchers. The money of all of them ends with the same node, and still none of them meets another.
 */
export const computePopularNode: Scenario = async (chain) => {
  const c = await deployCompute(chain);
  const node = account('popular node');
  const all = Array.from({ length: EACH }, (_, k) => ({
    payer: party(`patron ${k}`),
    payee: node,
    token: c.token,
    salt: BigInt(k),
  }));
  const [openings, redemptions] = [all.slice(0, EACH / 2), all.slice(EACH / 2)];
  await prepareChannels(chain, c, redemptions, openings);
  const calls = await Promise.all(
    openings.map(async (opening, k) => {
      const voucher = await channels.signVoucher(c, redemptions[k] as channels.BenchChannel, 2n * WAD);
      const helper = account(`helper ${k}`);
      return [channels.openChannel(c, opening, DEPOSIT), { ...channels.redeem(c, voucher), from: helper }];
    }),
  );
  await chain.mine(calls.flat(), { ordered: true });
  return describeCompute(c);
};

function channelsOf(c: ComputeContracts, label: string, count: number): channels.BenchChannel[] {
  return Array.from({ length: count }, (_, k) => ({
    payer: party(`${label} payer ${k}`),
    payee: account(`${label} payee ${k}`),
    token: c.token,
    salt: 0n,
  }));
}

/** Funds both, and opens the first ones with a voucher redeemed before. */
async function prepareChannels(
  chain: BenchChain,
  c: ComputeContracts,
  open: readonly channels.BenchChannel[],
  onlyFund: readonly channels.BenchChannel[] = [],
): Promise<void> {
  await fundAll(
    chain,
    c,
    [...open, ...onlyFund].map(({ payer }) => payer),
  );
  await chain.mine(open.map((channel) => channels.openChannel(c, channel, DEPOSIT)));
  const vouchers = await Promise.all(open.map((channel) => channels.signVoucher(c, channel, WAD)));
  await chain.mine(vouchers.map((voucher) => channels.redeem(c, voucher)));
}

/** Five kinds of settlement in turn. The tills that something leaves are open. */
async function prepareSettlements(chain: BenchChain, c: ComputeContracts): Promise<Settling> {
  const kind = EACH / 5;
  const credited = channelsOf(c, 'credited', kind);
  const closing = channelsOf(c, 'closing', kind);
  await prepareChannels(chain, c, [...credited, ...closing]);
  await chain.mine([...credited, ...closing].map((channel) => channels.openTill(c, channel)));
  await chain.mine(closing.map((channel) => channels.close(c, channel, channel.payer.address)));
  const accepted = await openJobs(chain, c, 'accepted', kind);
  const claimed = await openJobs(chain, c, 'claimed', kind);
  const reclaimed = await openJobs(chain, c, 'reclaimed', kind);
  await chain.mine([...accepted, ...claimed].map((job) => jobs.submitJob(c, job)));
  await chain.mine(reclaimed.map((job) => jobs.openJobTill(c, job.node, job.lane)));
  const anyone = (k: number) => account(`anyone ${k}`);
  const settlings: readonly ((i: number, k: number) => Call)[] = [
    (i) => channels.collect(c, at(credited, i)),
    (i, k) => channels.finalise(c, at(closing, i), anyone(k)),
    (i) => jobs.settleJob(c, at(accepted, i), at(accepted, i).requester, 'accept'),
    (i, k) => jobs.settleJob(c, at(claimed, i), anyone(k), 'claim'),
    (i, k) => jobs.settleJob(c, at(reclaimed, i), anyone(k), 'reclaim'),
  ];
  return (k) => at(settlings, k % settlings.length)(Math.floor(k / settlings.length), k);
}

async function openJobs(
  chain: BenchChain,
  c: ComputeContracts,
  label: string,
  count: number,
): Promise<jobs.Job[]> {
  const matches = Array.from({ length: count }, (_, k) => ({
    requester: party(`${label} requester ${k}`),
    node: party(`${label} node ${k}`),
    price: WAD,
    lane: 0n,
    requesterNonce: 0n,
    nodeNonce: 0n,
  }));
  await fundAll(
    chain,
    c,
    matches.map(({ requester }) => requester),
  );
  await chain.mine(await Promise.all(matches.map((match) => jobs.openJob(c, match))));
  return jobs.jobsOpenedIn(chain, c, 'latest');
}

async function fundAll(
  chain: BenchChain,
  c: ComputeContracts,
  people: readonly PrivateKeyAccount[],
): Promise<void> {
  for (let start = 0; start < people.length; start += FUNDED_IN_A_BLOCK) {
    const part = people.slice(start, start + FUNDED_IN_A_BLOCK);
    await chain.mine(
      fund(
        c,
        part.map(({ address }) => address),
      ),
    );
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no entry ${index}.`);
  return found;
}
