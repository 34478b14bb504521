import type { SerializedMillraceError } from '@millrace/protocol';
import type { JobSpecJson, ReceiptFrontier } from '@millrace/protocol/compute';
import type { Address, Hex } from 'viem';

/** Which chain, account and contracts a journal is about. */
export type Home = { chainId: number; node: Address; channels: Address; jobMarket: Address; token: Address };

/** Amounts are decimal strings of base units; times are seconds since 1970 unless said otherwise. */
export type WorkJson = { fuel: string; microseconds: string; jobs: string };

/** What node and payer agreed on for the life of a channel. */
export type ChannelFacts = {
  id: Hex;
  key: { payer: Address; payee: Address; token: Address; salt: string };
  price: { perFuelWad: string; perSecondWad: string; perJob: string };
  exposureCap: string;
  since: string;
  /** Of the node’s session key, over the terms. */
  signature: Hex;
  /** The payer’s session key, and when it was certified and until when. */
  session: { key: Hex; issuedAt: string; expiry: string };
};

/** A channel as the chain tells it. */
export type SeenFacts = {
  deposit: string;
  paid: string;
  state: 'open' | 'closing' | 'closed';
  closesAt?: string;
};

export type VoucherFacts = { total: string; receiptsRoot: Hex; signature: Hex };

/** A job that was accepted. `funding` is the id of its channel, or of its job in `JobMarket`. `at` is unix milliseconds. */
export type JobFacts = {
  id: Hex;
  funding: Hex;
  paidBy: 'channel' | 'escrow';
  spec: JobSpecJson;
  resume?: { checkpoint: string; fuel: string };
  at: number;
};

/** Where to go on after a restart. `microseconds`: worked here until then. */
export type CheckpointFacts = { checkpoint: string; fuel: string; state: Hex; microseconds: string };

/** A receipt as it travels. */
export type ReceiptJson = { receipt: Record<string, unknown>; key: Hex; signature: Hex };

/** How a job ended: what travels, and what the books need of it. `at` is unix milliseconds. */
export type EndFacts = {
  id: Hex;
  at: number;
  /** `hashReceipt` of the receipt. */
  hash: Hex;
  receipt: ReceiptJson;
  /** What of it is paid. */
  work: WorkJson;
  error?: SerializedMillraceError;
  /** Base64, when it is small: then it is stored nowhere else. */
  result?: string;
  /** It was small, and is not kept any more. */
  wasDropped?: true;
  /** How many events the job told before this one. */
  events: number;
};

/** A job in `JobMarket`, from acceptance to payment. */
export type EscrowFacts = {
  id: Hex;
  job: Record<'requester' | 'node' | 'token', Address> &
    Record<'lane' | 'price' | 'submitBy' | 'reviewSeconds', string> & { order: Hex };
  stage: 'accepted' | 'submitted' | 'settled';
};

/** The books of a channel, for a journal that is rewritten. */
export type BooksFacts = {
  work: WorkJson;
  receipts: ReceiptFrontier;
  firstEvent: number;
  /** Default: `firstEvent`. */
  firstTold?: number;
};

/** What the journal says, one fact each. */
export type JournalRecord =
  | { t: 'home'; home: Home }
  | { t: 'channel'; channel: ChannelFacts }
  | { t: 'seen'; channel: Hex; seen: SeenFacts }
  | { t: 'voucher'; channel: Hex; voucher: VoucherFacts }
  | { t: 'job'; job: JobFacts }
  // Without one: what was known cannot be used.
  | { t: 'checkpoint'; id: Hex; checkpoint?: CheckpointFacts }
  | { t: 'ended'; end: EndFacts }
  // A channel that is over, with its jobs.
  | { t: 'forget'; channel: Hex }
  | { t: 'anchored'; epoch: string }
  | { t: 'bids'; next: string }
  | { t: 'escrow'; escrow: EscrowFacts }
  | { t: 'collected'; amount: string }
  // Only in a journal that was rewritten: sums of what was left out, and ends that are in the sums already.
  | {
      t: 'receipts';
      sequence: string;
      previous: Hex;
      lastEnd: number;
      epochs: Record<string, ReceiptFrontier>;
      done: number;
      failed: number;
    }
  | { t: 'books'; channel: Hex; books: BooksFacts }
  | { t: 'kept'; end: EndFacts };
