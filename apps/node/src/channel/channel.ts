import {
  addWork,
  type ChannelKey,
  computeDue,
  computeExposure,
  type Exposure,
  frontierRoot,
  type IsSigned,
  type SigningDomain,
  type Work,
  type WorkPrice,
} from '@millrace/protocol/compute';
import type { ChannelView, Terms } from '@millrace/protocol/wire';
import { createPayeeVoucherBook, type PayeeVoucherBook, type SignedVoucher } from '@millrace/sdk/compute';
import type { Hex } from 'viem';
import { Bell } from '../job/bell.ts';
import type { Group } from '../job/fair-queue.ts';
import type { LiveJob } from '../job/live-job.ts';
import type { ChannelFacts } from '../journal/records.ts';
import type { ChannelState } from '../journal/state.ts';

/** One channel while the node runs: what is durable of it, and the jobs that are not done. */
export class Channel implements Group {
  readonly id: Hex;
  readonly key: ChannelKey;
  readonly price: WorkPrice;
  readonly cap: bigint;
  readonly book: PayeeVoucherBook;
  /** Rings when an event or an account is due. */
  readonly bell = new Bell();
  readonly waiting: LiveJob[] = [];
  readonly running = new Set<LiveJob>();
  /** Jobs that were ended because nobody paid, and wait to begin again. */
  readonly suspended = new Set<LiveJob>();
  /** What was signed then: nothing begins before more is. */
  suspendedAt: bigint | undefined;
  virtual = 0;
  isPaused = false;
  /** When its voucher was last handed in and paid nothing: its payer is a contract that changed its mind, say. */
  inVainAt = Number.NEGATIVE_INFINITY;
  /** When its exposure was last looked at. */
  lookedAt = 0;
  nextLook: NodeJS.Timeout | undefined;
  /** Of jobs that ended, those included that are being written down. */
  settled: Work;
  private readonly durable: ChannelState;

  constructor(durable: ChannelState, domain: SigningDomain, isSigned: IsSigned) {
    const { facts, seen, best, work } = durable;
    this.durable = durable;
    this.id = facts.id;
    this.key = { ...facts.key, salt: BigInt(facts.key.salt) };
    this.price = priceOf(facts);
    this.cap = BigInt(facts.exposureCap);
    this.settled = work;
    this.book = createPayeeVoucherBook({
      key: this.key,
      deposit: BigInt(seen?.deposit ?? 0),
      paid: BigInt(seen?.paid ?? 0),
      state: seen?.state ?? 'open',
      best: best && { key: this.key, ...best, total: BigInt(best.total) },
      domain,
      cap: this.cap,
      isSigned,
    });
  }

  get state(): 'open' | 'closing' | 'closed' {
    return this.durable.seen?.state ?? 'open';
  }

  get deposit(): bigint {
    return BigInt(this.durable.seen?.deposit ?? 0);
  }

  get redeemed(): bigint {
    return BigInt(this.durable.seen?.paid ?? 0);
  }

  /** The best voucher that is written down; or what was paid, where that is more. */
  get signed(): bigint {
    const best = BigInt(this.durable.best?.total ?? 0);
    return best > this.redeemed ? best : this.redeemed;
  }

  /** The voucher to redeem, as far as it is written down. */
  get best(): SignedVoucher | undefined {
    const { best } = this.durable;
    return best && { key: this.key, ...best, total: BigInt(best.total) };
  }

  get session(): ChannelFacts['session'] {
    return this.durable.facts.session;
  }

  /** Ended jobs in order, and the number of the first that is remembered. */
  get events(): { readonly first: number; readonly ids: readonly Hex[] } {
    return { first: this.durable.firstEvent, ids: this.durable.events };
  }

  /** All work: what ended, and what the running jobs have done. */
  work(now: number): Work {
    let work = this.settled;
    for (const job of this.running) {
      if (job.state !== 'ended') work = addWork(work, job.meter.work(now));
    }
    for (const job of this.suspended) {
      if (job.state === 'queued') work = addWork(work, job.meter.work(now));
    }
    return work;
  }

  due(now: number): bigint {
    return computeDue(this.work(now), this.price, 'down');
  }

  exposure(now: number): Exposure {
    return computeExposure({
      worked: this.due(now),
      signed: this.signed,
      deposit: this.deposit,
      cap: this.cap,
    });
  }

  /** Whether one more job may begin: its fee is within what the node risks. */
  mayStart(now: number): boolean {
    if (this.isPaused || this.state !== 'open') return false;
    if (this.suspendedAt !== undefined && this.signed <= this.suspendedAt) return false;
    const { isExceeded, room } = this.exposure(now);
    return !isExceeded && room >= this.price.perJob;
  }

  view(now: number): ChannelView {
    const { facts, receipts } = this.durable;
    const work = this.work(now);
    return {
      terms: { body: termsOf(facts), signature: facts.signature },
      state: this.state,
      deposit: this.deposit,
      signed: this.signed,
      redeemed: this.redeemed,
      work,
      due: computeDue(work, this.price, 'down'),
      receipts: receipts.size,
      receiptsRoot: frontierRoot(receipts),
    };
  }
}

/** What the node has signed for a channel. */
export function termsOf(facts: Omit<ChannelFacts, 'signature' | 'session'>): Terms {
  const { id, key, exposureCap, since } = facts;
  return {
    channel: id,
    node: key.payee,
    price: priceOf(facts),
    exposureCap: BigInt(exposureCap),
    since: BigInt(since),
  };
}

function priceOf({ price }: Pick<ChannelFacts, 'price'>): WorkPrice {
  return {
    perFuelWad: BigInt(price.perFuelWad),
    perSecondWad: BigInt(price.perSecondWad),
    perJob: BigInt(price.perJob),
  };
}
