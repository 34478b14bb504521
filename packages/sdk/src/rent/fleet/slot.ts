import type { MillraceError } from '@millrace/protocol';
import type { Address } from 'viem';
import type { Link } from '../channel/link.ts';

/** What the renter has with one node. */
export type Slot = {
  readonly node: Address;
  endpoint: string;
  link: Link | undefined;
  opening: Promise<void> | undefined;
  toppingUp: Promise<void> | undefined;
  /** Its deposit could not be topped up; that is not tried again before `until`. */
  short: { readonly until: number; readonly error: MillraceError } | undefined;
  /** It is left alone until then: it refused, or could not be reached. */
  restUntil: number;
  /** How often in a row opening a channel has failed. */
  failures: number;
  lastError: MillraceError | undefined;
  /** Jobs that it takes at once, as it was found out by its refusals. */
  most: number;
  /** What its jobs may come to at their limits, base units. */
  reserved: bigint;
};

const MOST_OUTSTANDING = 1_024;
/** A node gets about so much work in advance. */
const AHEAD_MILLISECONDS = 1_500;

export function createSlot(node: Address, endpoint: string): Slot {
  return {
    node,
    endpoint,
    link: undefined,
    opening: undefined,
    toppingUp: undefined,
    short: undefined,
    restUntil: 0,
    failures: 0,
    lastError: undefined,
    most: MOST_OUTSTANDING,
    reserved: 0n,
  };
}

/** How many jobs a node should have: enough that it never waits, few enough that others can have the rest. */
export function windowOf({ link, most }: Slot, jobMilliseconds: number): number {
  const slots = link?.quote.body.queue.slots ?? 1;
  const ahead = Math.ceil((slots * AHEAD_MILLISECONDS) / Math.max(1, jobMilliseconds));
  return Math.min(most, MOST_OUTSTANDING, Math.max(slots + 1, ahead));
}

/** It takes fewer than it was given. */
export function shrink(slot: Slot): void {
  const has = slot.link?.live.size ?? 0;
  slot.most = Math.max(1, Math.min(slot.most, has) >> 1);
}

/** It took what it was given. */
export function grow(slot: Slot): void {
  if (slot.most < MOST_OUTSTANDING) slot.most += 1;
}
