import { ComputeError } from '@millrace/protocol/compute';
import { readChannel } from '../chain/read-channel.ts';
import type { Core } from '../core.ts';
import type { SeenFacts } from '../journal/records.ts';
import type { Channel } from './channel.ts';

/** Reads a channel from the chain, and writes down what has changed. */
export async function observeChannel(core: Core, channel: Channel): Promise<void> {
  const { state, deposit, paid, closesAt } = await readChannel(core, channel.key);
  // A chain that was reset, or one that lags behind: what was seen before stands.
  if (state === 'unknown') return;
  if (state === channel.state && deposit === channel.deposit && paid === channel.redeemed) return;
  try {
    channel.book.observe({ deposit, paid, state });
  } catch (error) {
    if (!(error instanceof ComputeError)) throw error;
    core.log.warn({ channel: channel.id, error: error.toJSON() }, 'the chain says less than before');
    return;
  }
  const seen: SeenFacts = {
    deposit: deposit.toString(),
    paid: paid.toString(),
    state,
    ...(closesAt === undefined ? {} : { closesAt: closesAt.toString() }),
  };
  await core.journal.append({ t: 'seen', channel: channel.id, seen });
  if (state !== 'open') core.log.info({ channel: channel.id, state }, 'a channel closes');
  channel.bell.ring();
}
