import { formatJobSpec, hashJobSpec, type JobSpec } from '@millrace/protocol/compute';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import { type EscrowOrder, jobIdOf } from '@millrace/protocol/wire';
import { getJob } from '@millrace/sdk/compute';
import { encodeAbiParameters, getAbiItem, type Hex, isAddressEqual, keccak256 } from 'viem';
import type { Core } from '../core.ts';
import { mostDue, refuse, requireFit, requireRoom } from '../job/admission.ts';
import { createLiveJob } from '../job/live-job.ts';
import { takeContent } from '../job/take-content.ts';
import type { JobFacts } from '../journal/records.ts';
import type { EscrowJobs } from './escrow-jobs.ts';

/** What the node needs to hand in after the job has ended, seconds. */
const SUBMIT_SECONDS = 15n;
/** The match is no older than the longest run that an order may allow: 7 days, in blocks of at least a second. */
const MOST_BLOCKS = 604_800n;

const JOB_OPENED = getAbiItem({ abi: iJobMarketAbi, name: 'JobOpened' });
const JOB_WORDS = getAbiItem({ abi: iJobMarketAbi, name: 'jobId' }).inputs;

/**
 * Takes a job whose price `JobMarket` holds: it is open there, for this node, and for this spec.
 *
 * @returns the id of the job here
 * @throws `RefusalError` `ESCROW_MISMATCH`, `ESCROW_DEADLINE`, and those of every job
 */
export async function acceptEscrow(
  core: Core,
  jobs: EscrowJobs,
  { job, nonce, spec }: EscrowOrder,
): Promise<Hex> {
  const onChain = keccak256(encodeAbiParameters(JOB_WORDS, [job]));
  const id = jobIdOf(onChain, nonce);
  if (core.scheduler.get(id) !== undefined || core.journal.state.jobs.has(id)) return id;
  if (jobs.isTaken(onChain)) throw mismatch('The job was taken with another nonce.', onChain);
  if (!isAddressEqual(job.node, core.account.address) || !isAddressEqual(job.token, core.config.token)) {
    throw mismatch('The job is for another node or token.', onChain);
  }
  requireFit(core, spec, core.config.price);
  requireRoom(core, spec);
  const content = await takeContent(core, spec, undefined);
  try {
    await requireOpen(core, onChain, hashJobSpec(spec));
    requireWorth(core, job, spec);
    if (jobs.isTaken(onChain)) throw mismatch('The job was taken with another nonce.', onChain);
    content.giveTo(id);
  } finally {
    content.release();
  }
  const facts: JobFacts = {
    id,
    funding: onChain,
    paidBy: 'escrow',
    spec: formatJobSpec(spec),
    at: Date.now(),
  };
  const live = createLiveJob(facts, core.config.hardware.fuelPerSecond, { spec });
  jobs.begin(live, job);
  await core.journal.append({ t: 'job', job: facts }, jobs.recordOf(onChain));
  return id;
}

/** Its price is ours, and there is time to hand it in. */
function requireWorth(core: Core, job: EscrowOrder['job'], spec: JobSpec): void {
  const price = mostDue(spec, core.config.price);
  if (job.price < price) throw refuse('PRICE_ABOVE_CAP', `The price is ${price}.`, { mostDue: price });
  const seconds = BigInt(
    Math.ceil((core.scheduler.state().waitMilliseconds + spec.timeMilliseconds) / 1_000),
  );
  const now = BigInt(Math.floor(Date.now() / 1_000));
  if (now + seconds + SUBMIT_SECONDS > job.submitBy) {
    throw refuse('ESCROW_DEADLINE', 'The job could not be handed in before its time.', {
      submitBy: job.submitBy,
    });
  }
}

/** The event of the match names the spec, which the terms do not. */
async function requireOpen(core: Core, id: Hex, spec: Hex): Promise<void> {
  const { jobMarket } = core.config.contracts;
  const { state } = await getJob(core.client, { jobMarket, id });
  if (state !== 'open') throw mismatch('The job is not open on chain.', id);
  const head = await core.client.getBlockNumber();
  const [opened] = await core.client.getLogs({
    address: jobMarket,
    event: JOB_OPENED,
    args: { id },
    fromBlock: head > MOST_BLOCKS ? head - MOST_BLOCKS : 0n,
    strict: true,
  });
  if (opened?.args.spec !== spec) throw mismatch('The job was opened for another spec.', id);
}

function mismatch(words: string, id: Hex) {
  return refuse('ESCROW_MISMATCH', words, { id });
}
