import type { MillraceError } from '@millrace/protocol';
import type { Cid, SignedReceipt } from '@millrace/protocol/compute';
import type { Address, Hex } from 'viem';

/** What a job came to. */
export type JobResult = {
  readonly bytes: Uint8Array;
  readonly cid: Cid;
  /** Signed by the node; checked. */
  readonly receipt: SignedReceipt;
  readonly node: Address;
  /** What all attempts cost, each rounded up; base units. */
  readonly cost: bigint;
  /** On how many nodes it was tried. */
  readonly attempts: number;
};

/** What happens to a job. Times are when the renter heard of it, milliseconds since 1970. */
export type RentEvent = { readonly at: number } & (
  | { readonly type: 'chosen'; readonly node: Address; readonly endpoint: string; readonly mostDue: bigint }
  /** The node has it. */
  | { readonly type: 'queued'; readonly node: Address; readonly id: Hex; readonly waitMilliseconds: number }
  | { readonly type: 'started'; readonly node: Address }
  | { readonly type: 'progress'; readonly node: Address; readonly millionths: number; readonly fuel: bigint }
  | { readonly type: 'log'; readonly node: Address; readonly text: string }
  /** A piece of the result, not verified before the end. */
  | { readonly type: 'output'; readonly node: Address; readonly offset: number; readonly bytes: Uint8Array }
  /** A checkpoint is here, so that the job can go on elsewhere. */
  | { readonly type: 'checkpoint'; readonly node: Address; readonly checkpoint: Cid; readonly fuel: bigint }
  /** The node waits for a voucher, or has got it. */
  | { readonly type: 'paused' | 'resumed'; readonly node: Address }
  /** A voucher of the channel that it runs in. */
  | { readonly type: 'paid'; readonly node: Address; readonly total: bigint }
  /** Another node is to have it, or has it as well. */
  | {
      readonly type: 'moved';
      readonly from: Address;
      readonly error: MillraceError;
      readonly keepsBoth: boolean;
    }
  | {
      readonly type: 'ended';
      readonly result?: JobResult | undefined;
      readonly error?: MillraceError | undefined;
    }
);

/** A job on its way. Loop over it for its events, from the first; any number of readers. */
export type JobHandle = AsyncIterable<RentEvent> & {
  /** Of the renter; the same after a restart. */
  readonly id: string;
  readonly label: string | undefined;
  /**
   * The result.
   *
   * @throws `JobError` when the job failed by its own doing; `RentError` with what kept it from running.
   */
  readonly result: Promise<JobResult>;
  /** Ends it: what was done is paid. The result is refused with `RENT_STOPPED`, unless it was there already. */
  stop(): void;
};
