import { toMillraceError } from '@millrace/protocol';
import { escrowSchema, readWireText } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { getJob } from '../../compute/job/get-job.ts';
import { reclaimJob } from '../../compute/job/reclaim-job.ts';
import { wait } from '../channel/wait.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { OpenedJob } from './open-escrow.ts';

/** Blocks are a little behind. */
const RECLAIM_AFTER_MILLISECONDS = 2_000;
const MOST_RECLAIMS = 30;

/** Takes the price back as soon as the chain allows it; leaves it to `reclaimEscrows` when the chain stands still. */
export async function reclaimLate(host: RentHost, { id, job }: OpenedJob): Promise<void> {
  const { jobMarket } = host.contracts;
  const due = Number(job.submitBy) * 1_000 + RECLAIM_AFTER_MILLISECONDS;
  await wait(Math.max(0, due - Date.now()), host.signal);
  for (let tries = 0; tries < MOST_RECLAIMS && !host.signal.aborted; tries++) {
    try {
      const { state } = await getJob(host.client, { jobMarket, id });
      if (state === 'open') {
        await host.wallet(() => reclaimJob(host.client, { jobMarket, job, account: host.account }));
      }
      await host.store.append({ type: 'escrow-settled', id });
      return;
    } catch (cause) {
      const error = toMillraceError(cause);
      if (error.code !== 'TOO_EARLY') throw error;
      await wait(RECLAIM_AFTER_MILLISECONDS, host.signal);
    }
  }
}

/** Settles escrows from before a restart: takes back what nobody has worked for. What was handed in is left to its review. */
export async function reclaimEscrows(
  host: RentHost,
  escrows: Iterable<{ readonly id: Hex; readonly terms: string }>,
): Promise<Hex[]> {
  const reclaimed: Hex[] = [];
  for (const { id, terms } of escrows) {
    const job = readWireText(escrowSchema.shape.job, terms);
    const { state } = await getJob(host.client, { jobMarket: host.contracts.jobMarket, id });
    if (state === 'open' && BigInt(Math.floor(Date.now() / 1_000)) <= job.submitBy) continue;
    if (state === 'submitted') continue;
    if (state === 'open') reclaimed.push(id);
    await reclaimLate(host, { id, job });
  }
  return reclaimed;
}
