import type { Hex } from 'viem';
import type { NodeState } from './state.ts';

/** How many ended jobs are remembered: of one channel, and of all; and how many are forgotten at once. */
const REMEMBERED = { ofChannel: 4_096, ofAll: 16_384, step: 512 };

const EVERY = 64;

type Ends = { readonly events: Hex[]; drop: (count: number) => void };

/**
 * Forgets the oldest ended jobs where there are too many: what was paid stays in the sums, and what a result was can no
 * longer be asked. Depends on the state only, so that a journal always adds up to the same.
 */
export function forgetOldest(state: NodeState, { ofChannel, ofAll, step } = REMEMBERED): void {
  // Looking at every channel for every job would cost more than the job.
  if ((state.done + state.failed) % EVERY !== 0) return;
  const lists = listsOf(state);
  for (const list of lists) if (list.events.length >= ofChannel + step) forget(state, list, step);
  const all = lists.reduce((sum, { events }) => sum + events.length, 0);
  if (all < ofAll + step) return;
  const longest = lists.reduce((a, b) => (b.events.length > a.events.length ? b : a));
  forget(state, longest, step);
}

function listsOf(state: NodeState): Ends[] {
  const channels = [...state.channels.values()].map((channel) => ({
    events: channel.events,
    drop: (count: number) => {
      channel.firstEvent += count;
    },
  }));
  return [...channels, { events: state.escrowEnds, drop: () => {} }];
}

function forget(state: NodeState, { events, drop }: Ends, count: number): void {
  const gone = events.splice(0, count);
  for (const id of gone) state.jobs.delete(id);
  drop(gone.length);
}
