import { account } from '../../chain/account.ts';
import type { BenchChain, Call } from '../../chain/bench-chain.ts';
import { measure } from '../../gas/scenario.ts';
import { WAD } from '../../protocols/numbers.ts';
import { type ComputeContracts, fund } from '../deploy-compute.ts';
import * as act from '../job-calls.ts';
import { party } from '../party.ts';

const DAY_SECONDS = 86_400;

/** Everything a job with its own escrow costs, for parties that never met the contract and for the same again. */
export async function runJobRows(chain: BenchChain, c: ComputeContracts): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const [requester, node] = [party('requester'), party('node')];
  await chain.mine(fund(c, [requester.address, node.address]));
  const take = async (label: string, call: Call, advance?: number) =>
    rows.set(label, (await measure(chain, call, advance)).gas);
  const match = (nonce: bigint): act.Match => ({
    requester,
    node,
    price: 3n * WAD,
    lane: 0n,
    requesterNonce: nonce,
    nodeNonce: nonce,
  });
  const open = async (nonce: bigint, label?: string): Promise<act.Job> => {
    const { gas } = await measure(chain, await act.openJob(c, match(nonce)));
    if (label) rows.set(label, gas);
    const [job] = await act.jobsOpenedIn(chain, c, 'latest');
    if (!job) throw new Error('No job was opened.');
    return job;
  };
  const early = await open(0n, 'job: open, first of both parties');
  await take('job: submit, first', act.submitJob(c, early));
  await take('job: accept, first in a new lane', act.settleJob(c, early, requester.address, 'accept'));
  await measure(chain, act.openJobTill(c, node.address, 0n));
  const job = await open(1n, 'job: open');
  await take('job: submit', act.submitJob(c, job));
  await take('job: accept', act.settleJob(c, job, requester.address, 'accept'));
  await take('job: collect', act.collectJobs(c, node.address, 0n));
  const silent = await open(2n, 'job: open, after collecting');
  await measure(chain, act.submitJob(c, silent));
  await take('job: claim', act.settleJob(c, silent, account('anyone'), 'claim'), DAY_SECONDS);
  const late = await open(3n);
  await take('job: reclaim', act.settleJob(c, late, account('anyone'), 'reclaim'), 2 * DAY_SECONDS);
  const declined = await open(4n);
  await take('job: decline', act.settleJob(c, declined, node.address, 'decline'));
  return rows;
}
