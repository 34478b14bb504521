import { cidDigest } from '@millrace/protocol/compute';
import { claimJob, declineJob, getJob, type JobTerms, submitJob } from '@millrace/sdk/compute';
import { type Hex, zeroHash } from 'viem';
import type { Core } from '../core.ts';
import type { Group } from '../job/fair-queue.ts';
import { createLiveJob, type LiveJob } from '../job/live-job.ts';
import type { EndFacts, EscrowFacts, JournalRecord } from '../journal/records.ts';

/** The jobs of one requester wait for each other. */
class Requester implements Group {
  readonly waiting: LiveJob[] = [];
  readonly running = new Set<LiveJob>();
  virtual = 0;
  mayStart(): boolean {
    return true;
  }
}

/** The jobs that `JobMarket` pays: hands their results in, and claims their prices. */
export class EscrowJobs {
  private readonly core: Core;
  private readonly requesters = new Map<string, Requester>();

  constructor(core: Core) {
    this.core = core;
    for (const { facts, end } of core.journal.state.jobs.values()) {
      const escrow = core.journal.state.escrows.get(facts.funding);
      if (facts.paidBy !== 'escrow' || end !== undefined || escrow === undefined) continue;
      const { checkpoint } = core.journal.state.jobs.get(facts.id) ?? {};
      const job = createLiveJob(facts, core.config.hardware.fuelPerSecond, { checkpoint });
      core.scheduler.add(this.requester(escrow.job.requester), job);
    }
  }

  private readonly begun = new Map<Hex, EscrowFacts>();

  isTaken(onChain: Hex): boolean {
    return this.begun.has(onChain) || this.core.journal.state.escrows.has(onChain);
  }

  /** Gives a job its place; {@link EscrowJobs.recordOf} is to be written in the same turn. */
  begin(job: LiveJob, terms: JobTerms): void {
    const { requester, node, token, order, lane, price, submitBy, reviewSeconds } = terms;
    const amounts = {
      lane: lane.toString(),
      price: price.toString(),
      submitBy: submitBy.toString(),
      reviewSeconds: reviewSeconds.toString(),
    };
    const facts = { requester, node, token, order, ...amounts };
    this.begun.set(job.facts.funding, { id: job.facts.funding, job: facts, stage: 'accepted' });
    this.core.scheduler.add(this.requester(requester), job);
  }

  recordOf(onChain: Hex): JournalRecord {
    return { t: 'escrow', escrow: this.begun.get(onChain) as EscrowFacts };
  }

  /** One look at all of them: what ended is handed in, what was reviewed is claimed. */
  async round(): Promise<void> {
    for (const escrow of [...this.core.journal.state.escrows.values()]) {
      this.begun.delete(escrow.id);
      if (escrow.stage === 'submitted') await this.claim(escrow);
      else await this.handIn(escrow);
    }
  }

  private async handIn(escrow: EscrowFacts): Promise<void> {
    const end = this.endOf(escrow.id);
    const terms = termsOf(escrow);
    const { client, sender, config } = this.core;
    const { jobMarket } = config.contracts;
    const { state } = await getJob(client, { jobMarket, id: escrow.id });
    if (state === 'none') return await this.move(escrow, 'settled');
    // A crash came between the transaction and the journal.
    if (state === 'submitted') return await this.move(escrow, 'submitted');
    const isLate = BigInt(Math.floor(Date.now() / 1_000)) > terms.submitBy;
    if (isLate) return await this.move(escrow, 'settled');
    if (end === undefined) return;
    const { outcome, result } = end.receipt.receipt;
    if (outcome === 'DONE' || String(outcome).startsWith('JOB_')) {
      const digest = outcome === 'DONE' ? cidDigest(String(result)) : zeroHash;
      const submit = { jobMarket, job: terms, result: digest, receipt: end.hash };
      const { hash } = await sender.inTurn(() => submitJob(client, submit));
      this.core.log.info({ hash, job: escrow.id }, 'a result was handed in');
      return await this.move(escrow, 'submitted');
    }
    await sender.inTurn(() => declineJob(client, { jobMarket, job: terms }));
    await this.move(escrow, 'settled');
  }

  private async claim(escrow: EscrowFacts): Promise<void> {
    const { client, sender, config } = this.core;
    const { jobMarket } = config.contracts;
    const { state, reviewBy } = await getJob(client, { jobMarket, id: escrow.id });
    if (state !== 'submitted') return await this.move(escrow, 'settled');
    const { timestamp } = await client.getBlock();
    const now = BigInt(Math.floor(Date.now() / 1_000));
    if (reviewBy === undefined || (timestamp <= reviewBy && now <= reviewBy)) return;
    const { hash } = await sender.inTurn(() => claimJob(client, { jobMarket, job: termsOf(escrow) }));
    this.core.log.info({ hash, job: escrow.id }, 'a price was claimed');
    await this.move(escrow, 'settled');
  }

  private async move(escrow: EscrowFacts, stage: EscrowFacts['stage']): Promise<void> {
    await this.core.journal.append({ t: 'escrow', escrow: { ...escrow, stage } });
  }

  private endOf(onChain: Hex): EndFacts | undefined {
    const { jobs, escrowEnds } = this.core.journal.state;
    const id = escrowEnds.findLast((each) => jobs.get(each)?.facts.funding === onChain);
    return id === undefined ? undefined : jobs.get(id)?.end;
  }

  private requester(address: string): Requester {
    const known = this.requesters.get(address) ?? new Requester();
    this.requesters.set(address, known);
    return known;
  }
}

function termsOf({ job }: EscrowFacts): JobTerms {
  return {
    ...job,
    lane: BigInt(job.lane),
    price: BigInt(job.price),
    submitBy: BigInt(job.submitBy),
    reviewSeconds: BigInt(job.reviewSeconds),
  };
}
