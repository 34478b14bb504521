import type { Core } from '../core.ts';
import { redeemableOf, redeemChannels } from './redeem.ts';

/**
 * Decides when to redeem: at once what is in a channel that closes, all when enough has come together or the time has come.
 *
 * @returns one look; call it again and again
 */
export function createRedeemSchedule(core: Core): () => Promise<void> {
  const { everySeconds, above } = core.config.redeem;
  let last = Date.now();
  return async () => {
    // What paid nothing lately would cost gas again and again.
    const latest = performance.now() - everySeconds * 1_000;
    const paying = [...core.books.all()].filter(
      (channel) => redeemableOf(channel) > 0n && channel.inVainAt < latest,
    );
    const closing = paying.filter(({ state }) => state === 'closing');
    if (closing.length > 0) await redeemChannels(core, closing);
    const open = paying.filter(({ state }) => state === 'open');
    const sum = open.reduce((total, channel) => total + redeemableOf(channel), 0n);
    const isTime = Date.now() - last >= everySeconds * 1_000;
    if (!isTime && (above === undefined || sum < above)) return;
    await redeemChannels(core, open);
    last = Date.now();
  };
}
