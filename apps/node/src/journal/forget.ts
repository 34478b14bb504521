import type { Hex } from 'viem';
import type { ChannelState, NodeState } from './state.ts';

type Limit = { readonly ofChannel: number; readonly ofAll: number };

/** How many ended jobs are remembered, of one channel and of all: as events with their results, and then as receipts only. */
export type Remembered = { readonly results: Limit; readonly receipts: Limit };

/** What a node remembers unless it is told otherwise. */
export const REMEMBERED: Remembered = {
  results: { ofChannel: 4_096, ofAll: 16_384 },
  receipts: { ofChannel: 8_192, ofAll: 32_768 },
};

const MOST_AT_ONCE = 512;
/** Looking at every channel for every job would cost more than the job. */
const EVERY = 64;

/** Ended jobs, oldest first, of which the first may be receipts only. */
type Ends = {
  readonly told: () => number;
  readonly all: () => number;
  readonly dropResults: (count: number) => void;
  readonly drop: (count: number) => void;
};

/**
 * Forgets the oldest ended jobs where there are too many: first what their results were, then that they were. What was paid
 * stays in the sums. Depends on the state only, so that a journal always adds up to the same.
 */
export function forgetOldest(state: NodeState, { results, receipts }: Remembered = REMEMBERED): void {
  if ((state.done + state.failed) % Math.min(EVERY, stepOf(results)) !== 0) return;
  const lists = [
    ...[...state.channels.values()].map((channel) => endsOf(state, channel)),
    escrowEndsOf(state),
  ];
  shorten(
    lists,
    results,
    ({ told }) => told(),
    ({ dropResults }, count) => dropResults(count),
  );
  shorten(
    lists,
    receipts,
    ({ all }) => all(),
    ({ drop }, count) => drop(count),
  );
}

function shorten(
  lists: readonly Ends[],
  limit: Limit,
  sizeOf: (list: Ends) => number,
  take: (list: Ends, count: number) => void,
): void {
  const step = stepOf(limit);
  for (const list of lists) if (sizeOf(list) >= limit.ofChannel + step) take(list, step);
  const all = lists.reduce((sum, list) => sum + sizeOf(list), 0);
  if (all < limit.ofAll + step) return;
  const longest = lists.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  take(longest, Math.min(step, sizeOf(longest)));
}

/** How many are forgotten at once. */
function stepOf({ ofChannel }: Limit): number {
  return Math.max(1, Math.min(MOST_AT_ONCE, ofChannel >> 3));
}

function endsOf(state: NodeState, channel: ChannelState): Ends {
  const { events } = channel;
  const silent = () => channel.firstTold - channel.firstEvent;
  return {
    told: () => events.length - silent(),
    all: () => events.length,
    dropResults: (count) => {
      for (const id of events.slice(silent(), silent() + count)) dropResult(state, id);
      channel.firstTold += count;
    },
    drop: (count) => {
      for (const id of events.splice(0, count)) state.jobs.delete(id);
      channel.firstEvent += count;
      channel.firstTold = Math.max(channel.firstTold, channel.firstEvent);
    },
  };
}

/** Whose jobs `JobMarket` pays hears of them by their ids, and the chain has the digests of their receipts. */
function escrowEndsOf(state: NodeState): Ends {
  const drop = (count: number): void => {
    for (const id of state.escrowEnds.splice(0, count)) state.jobs.delete(id);
  };
  const size = () => state.escrowEnds.length;
  return { told: size, all: size, dropResults: drop, drop };
}

function dropResult(state: NodeState, id: Hex): void {
  const job = state.jobs.get(id);
  if (job?.end?.result === undefined) return;
  const { result: _result, ...end } = job.end;
  job.end = { ...end, wasDropped: true };
}
