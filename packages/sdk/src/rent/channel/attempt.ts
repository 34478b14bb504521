import type { MillraceError } from '@millrace/protocol';
import type { JobSpec, SignedReceipt } from '@millrace/protocol/compute';
import type { ChannelEvent } from '@millrace/protocol/wire';
import type { Hex } from 'viem';

/** Where a job goes on from. */
export type Resume = { readonly checkpoint: string; readonly fuel: bigint };

/** How an attempt ended, as its node signed it; the receipt was checked. */
export type AttemptEnd = {
  readonly receipt: SignedReceipt;
  /** The result, when it is small and came along. Not checked yet. */
  readonly inline: Uint8Array | undefined;
  readonly error: Extract<ChannelEvent, { type: 'ended' }>['error'];
};

/** A job in the hands of one node. */
export type Attempt = {
  /** Which job of the renter. */
  readonly job: string;
  readonly spec: JobSpec;
  readonly nonce: Hex;
  /** Its id at the node. */
  readonly id: Hex;
  readonly resume: Resume | undefined;
  /** When it left, milliseconds since 1970. */
  sentAt: number;
  /** The queue when it arrived. */
  waitMilliseconds: number;
  startedAt: number | undefined;
  /** `taken`: the node has it. `abandoned`: nobody waits for it any more, a receipt is still welcome. */
  state: 'sending' | 'taken' | 'abandoned' | 'ended';
  readonly listener: AttemptListener;
};

export type AttemptListener = {
  readonly onTaken: (attempt: Attempt) => void;
  /** The node does not take it, or does not answer for it. It is over. */
  readonly onFailed: (attempt: Attempt, error: MillraceError) => void;
  /** Also after it was abandoned. */
  readonly onEnded: (attempt: Attempt, end: AttemptEnd) => void;
  /** Whether a receipt of an abandoned attempt is within what the job may cost. */
  readonly mayPay: (attempt: Attempt, receipt: SignedReceipt) => boolean;
};
