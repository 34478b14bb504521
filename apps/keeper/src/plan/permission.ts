import type { JournalState } from '../journal/state.ts';

/** Longest pause after failures in a row, milliseconds. */
const LONGEST_PAUSE = 10 * 60_000;
const FIRST_PAUSE = 5_000;

export type Permission = 'yes' | 'open' | 'seen-before' | 'cooling-down';

/**
 * Whether `subject` may be acted upon from what was seen at `block`. Not while an intent on it is open, nor from a
 * snapshot that does not contain how the last one ended: that would decide twice from one cause. Failures in a row are
 * tried again ever more slowly.
 *
 * @param now unix milliseconds
 */
export function mayAct(state: JournalState, subject: string, block: bigint, now: number): Permission {
  for (const intent of state.intents.values()) if (intent.subject === subject) return 'open';
  const last = state.settled.get(subject);
  if (last === undefined) return 'yes';
  if (block < BigInt(last.block)) return 'seen-before';
  const pause = last.tries === 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** (last.tries - 1), LONGEST_PAUSE);
  return now - last.at < pause ? 'cooling-down' : 'yes';
}

/** Id of the next intent for a cause: the same cause after a failure is another try. */
export function nextId(state: JournalState, subject: string, cause: string): string {
  const prefix = `${subject}@${cause}#`;
  const last = state.settled.get(subject)?.id;
  const before = last?.startsWith(prefix) ? Number(last.slice(prefix.length)) : 0;
  return `${prefix}${before + 1}`;
}

/** What open intents may still spend of `token`, base units. */
export function reservedOf(state: JournalState, token: string): bigint {
  let sum = 0n;
  for (const { spend } of state.intents.values()) {
    if (spend && spend.token.toLowerCase() === token.toLowerCase()) sum += BigInt(spend.amount);
  }
  return sum;
}

/** So long one node may lag behind another about an account, milliseconds. */
const LAG = 60_000;

/**
 * The next nonce: after every open intent and everything the chain knows, also when the node that was asked is a little
 * behind. When nothing is open and nothing was for a while, the chain alone counts: a block that was undone for good may
 * have freed nonces, and a gap would hold everything up.
 *
 * @param now unix milliseconds
 */
export function nextNonce(state: JournalState, pending: number, now: number): number {
  const isQuiet = state.intents.size === 0 && now - state.settledAt > LAG;
  return isQuiet ? pending : Math.max(state.nextNonce, pending);
}
