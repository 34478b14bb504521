import type { Address, Hash, Hex } from 'viem';

/** What a keeper does on the chain. */
export type ActionKind = 'checkpoint' | 'liquidate' | 'price' | 'rebalance' | 'approve';

/** One signed transaction of an intent, `at` unix milliseconds. All attempts have the same nonce: at most one is mined. */
type Attempt = { hash: Hash; raw: Hex; at: number };

/**
 * A decision to act, written down before anything leaves this process.
 *
 * `id` is derived from the cause (`<subject>@<cause>#<try>`); `subject` is what is acted upon: two intents of one
 * subject are never open at once. `block` is the block of the snapshot that caused it, `at` unix milliseconds.
 * Amounts are decimal strings in base units.
 */
export type Intent = {
  id: string;
  subject: string;
  kind: ActionKind;
  market?: Address;
  nonce: number;
  block: string;
  at: number;
  attempts: Attempt[];
  spend?: { token: Address; amount: string };
  note?: Readonly<Record<string, string>>;
};

/**
 * How an intent ended. `done`: mined, and it did what was meant. `beaten`: mined, but the state had changed before,
 * mostly because somebody else was first.
 * `reverted`: mined and failed for another reason. `lost`: its nonce was used by a transaction that is not in this journal.
 */
export type Outcome = 'done' | 'beaten' | 'reverted' | 'lost';

/** The last word on a subject: `tries` counts failures in a row, `block` is where it ended. */
export type Settlement = {
  id: string;
  subject: string;
  outcome: Outcome;
  block: string;
  at: number;
  tries: number;
};

/** A message for people; `key` never changes, so a receiver can drop a repeat. `at` is unix milliseconds. */
export type Alert = {
  key: string;
  subject: string;
  kind: string;
  severity: 'info' | 'warning' | 'critical';
  text: string;
  at: number;
  block: string;
  details: Readonly<Record<string, string>>;
};

/** Which chain and account this journal is about. */
export type Home = { chainId: number; genesis: Hash; account: Address };

/** How far the events of a market were read: every borrower up to `block` is known. `since` is where watching began. */
export type ScanRecord = { market: Address; block: string; hash: Hash; since: string; added: Address[] };

/** A latch that tripped or was armed again. */
export type LatchRecord = { subject: string; armed: boolean; crossings: number };

/** What the journal says, one fact each. */
export type JournalRecord =
  | { t: 'home'; home: Home }
  | { t: 'intent'; intent: Intent }
  | { t: 'attempt'; id: string; attempt: Attempt }
  | { t: 'settled'; settlement: Settlement }
  | { t: 'nonce'; next: number }
  | { t: 'scan'; scan: ScanRecord }
  | { t: 'latch'; latch: LatchRecord }
  | { t: 'alert'; alert: Alert; sinks: string[] }
  | { t: 'delivered'; key: string; sink: string };
