import { type MillraceError, toMillraceError } from '@millrace/protocol';
import { cidDigest, hashReceipt, type JobSpec, type SignedReceipt } from '@millrace/protocol/compute';
import { type JobStatus, jobIdOf, RefusalError } from '@millrace/protocol/wire';
import { concat, type Hex, keccak256, slice } from 'viem';
import { acceptJob } from '../../compute/job/accept-job.ts';
import { getFreeNonce } from '../../compute/job/get-free-nonce.ts';
import { getJob } from '../../compute/job/get-job.ts';
import { wait } from '../channel/wait.ts';
import { JobError } from '../error/job-error.ts';
import { RentError } from '../error/rent-error.ts';
import { createCheckAsk } from '../find/check-ask.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { JobResult } from '../job/job-handle.ts';
import { checkReceipt } from '../plan/check-receipt.ts';
import { noOffer } from '../plan/no-offer.ts';
import type { RankedOffer } from '../rank/rank-offers.ts';
import { type CollectedBid, collectBids } from './collect-bids.ts';
import { nextNonce, type OpenedEscrow, type OpenedJob, openEscrow } from './open-escrow.ts';
import { reclaimLate } from './reclaim-escrows.ts';

export type RunEscrowOptions = {
  /** From the match until the result is due, seconds; at most 7 days. Default: the time limit of the job and 5 minutes. */
  readonly runSeconds?: bigint | undefined;
  /** From the result until the node may claim its price without an answer, seconds. Default: 600. */
  readonly reviewSeconds?: bigint | undefined;
  /** Nodes that are asked for a bid. Default: 5. */
  readonly bidders?: number | undefined;
};

/** What a job came to whose price was held on chain. `cost` is that price. */
export type EscrowResult = JobResult & {
  /** Its id in `JobMarket`. */
  readonly job: Hex;
};

const EXPIRY_SECONDS = 300n;
const POLL_MILLISECONDS = 300;

/**
 * Runs one job without a channel: the price is held by `JobMarket`, and paid when the result is here, checked. When none comes in
 * time, the price is taken back.
 *
 * @throws {@link RentError} `RENT_NO_OFFER` when nobody bids, `RENT_DEADLINE`, `RENT_RESULT_INVALID`, `RENT_NODE_DISHONEST`;
 * `JobError`, and then the price is paid as well: the node has done its work.
 */
export async function runEscrow(
  host: RentHost,
  spec: JobSpec,
  offers: readonly RankedOffer[],
  options: RunEscrowOptions,
): Promise<EscrowResult> {
  // Each order has to know the nonces of those before it.
  const { best, opened } = await host.orders(() => placeOrder(host, spec, offers, options));
  try {
    const receipt = await awaitReceipt(host, spec, best, opened);
    return await settle(host, spec, best, opened, receipt);
  } catch (error) {
    const { code } = toMillraceError(error);
    if (code === 'RENT_NODE_DISHONEST') host.learn(best.node, 'dishonest');
    throw error;
  }
}

/** Asks for bids, and opens the job with the best. */
async function placeOrder(
  host: RentHost,
  spec: JobSpec,
  offers: readonly RankedOffer[],
  { runSeconds, reviewSeconds = 600n, bidders = 5 }: RunEscrowOptions,
): Promise<{ readonly best: CollectedBid; readonly opened: OpenedEscrow }> {
  const { jobMarket } = host.contracts;
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const terms = {
    expiry: now + EXPIRY_SECONDS,
    runSeconds: runSeconds ?? BigInt(Math.ceil(spec.timeMilliseconds / 1_000)) + 300n,
    reviewSeconds,
    // Of all orders that are asked about one is signed: they can share a nonce.
    nonce: await getFreeNonce(host.client, {
      jobMarket,
      party: host.account.address,
      from: await nextNonce(host),
    }),
  };
  const { bids, refusals } = await collectBids(host, spec, offers.slice(0, bidders), terms);
  const [best] = bids;
  if (best === undefined) {
    const said = refusals.map(({ node, error }) => {
      const { code, shortMessage } = toMillraceError(error);
      return { node, code, sentence: shortMessage };
    });
    throw noOffer(said);
  }
  await host.content.upload(best.api, [spec.module, ...spec.inputs], host.signal);
  return { best, opened: await openEscrow(host, spec, best) };
}

/** Hands the job to the node, and waits for its receipt; takes the price back when there is none in time. */
async function awaitReceipt(
  host: RentHost,
  spec: JobSpec,
  { api, node }: CollectedBid,
  { id, job, nonce, sentAt }: OpenedEscrow,
): Promise<SignedReceipt> {
  const check = createCheckAsk(host);
  const at = jobIdOf(id, nonce);
  let last: MillraceError | undefined;
  let isTaken = false;
  while (BigInt(Math.floor(Date.now() / 1_000)) <= job.submitBy && !host.signal.aborted) {
    try {
      const status: JobStatus = isTaken ? await api.job(at) : await api.escrow({ job, nonce, spec });
      isTaken = true;
      if (status.receipt !== undefined) {
        const signed = await api.ask(host.signal);
        const ask = await check(signed);
        const key = ask?.node === node ? signed.certificate.certificate.key : undefined;
        const given = { id, spec, sentAt };
        const parameters = { node, isKey: (it: Hex) => it === key, job: given, now: Date.now() };
        checkReceipt(status.receipt, parameters);
        return status.receipt;
      }
    } catch (cause) {
      last = toMillraceError(cause);
      if (last.code === 'RENT_NODE_DISHONEST') throw last;
      if (last instanceof RefusalError && last.code === 'CONTENT_MISSING') {
        await host.content.upload(api, [spec.module, ...spec.inputs], host.signal).catch(() => false);
      }
      if (last instanceof RefusalError && !last.retryable && last.code !== 'ESCROW_MISMATCH') break;
    }
    await wait(POLL_MILLISECONDS, host.signal);
  }
  await reclaimLate(host, { id, job });
  host.learn(node, 'failed');
  throw new RentError(
    'RENT_DEADLINE',
    'The node has not done the job in time; the price is taken back.',
    { id },
    last,
  );
}

/** Checks that what was handed in on chain is what came here, and pays. */
async function settle(
  host: RentHost,
  spec: JobSpec,
  { api, node }: CollectedBid,
  { id, job }: OpenedJob,
  receipt: SignedReceipt,
): Promise<EscrowResult> {
  const { outcome, result: cid } = receipt.receipt;
  const isDone = outcome === 'DONE';
  const bytes = isDone
    ? await host.content.result(api, cid, { mostBytes: spec.outputBytes, keep: false, signal: host.signal })
    : new Uint8Array();
  const expected = slice(
    keccak256(concat([isDone ? cidDigest(cid) : NO_RESULT, hashReceipt(receipt.receipt)])),
    0,
    26,
  );
  const { jobMarket } = host.contracts;
  for (;;) {
    const { state, digest } = await getJob(host.client, { jobMarket, id });
    if (state === 'submitted' && digest === expected) break;
    if (state === 'submitted') {
      const details = { id, node, digest, expected };
      throw new RentError('RENT_NODE_DISHONEST', 'The node has handed in something else on chain.', details);
    }
    if (state === 'none') {
      throw new RentError('RENT_ATTEMPTS_FAILED', 'The node has given the job back.', { id, node, outcome });
    }
    if (BigInt(Math.floor(Date.now() / 1_000)) > job.submitBy || host.signal.aborted) {
      await reclaimLate(host, { id, job });
      throw new RentError('RENT_DEADLINE', 'The node has not handed the result in on chain in time.', { id });
    }
    await wait(POLL_MILLISECONDS, host.signal);
  }
  await host.wallet(() => acceptJob(host.client, { jobMarket, job, account: host.account }));
  await host.store.append({ type: 'escrow-settled', id });
  host.learn(node, 'result');
  if (!isDone) throw new JobError(receipt, undefined);
  return { job: id, bytes, cid, receipt, node, cost: job.price, attempts: 1 };
}

const NO_RESULT: Hex = `0x${'00'.repeat(32)}`;
