import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';

const MOST_RECEIPTS = 256;

/** Signed receipts of a channel from a number on, as far as they are remembered. */
export function receiptsPage(core: Core, channel: Channel, from: number): object {
  const { first, ids } = channel.events;
  const start = Math.max(from, first);
  const page = ids.slice(start - first, start - first + MOST_RECEIPTS);
  const receipts = page.flatMap((id) => core.journal.state.jobs.get(id)?.end?.receipt ?? []);
  return { from: start, next: start + page.length, receipts };
}
