import type { ChannelFacts } from '@millrace/sdk/rent';
import { UsageError } from '../usage-error.ts';
import type { SlotView } from './slots.ts';

/**
 * The channel of this id, or of the only id that begins so, in whichever books it is.
 *
 * @throws {@link UsageError} `UNKNOWN_CHANNEL`, `AMBIGUOUS_CHANNEL`
 */
export function findChannel(
  slots: readonly SlotView[],
  id: string,
): { readonly slot: SlotView; readonly channel: ChannelFacts } {
  const all = slots.flatMap((slot) =>
    [...slot.state.channels.values()].map((channel) => ({ slot, channel })),
  );
  const alike = all.filter(({ channel }) => channel.id.startsWith(id.toLowerCase()));
  const [found, ...others] = alike;
  if (found === undefined) {
    const hint = '`millrace channel list` shows what there is.';
    throw new UsageError(`There is no channel “${id}” of this account.`, 'UNKNOWN_CHANNEL', hint);
  }
  if (others.length > 0) {
    throw new UsageError(`Several channels begin with “${id}”.`, 'AMBIGUOUS_CHANNEL', 'Write more of it.');
  }
  return found;
}
