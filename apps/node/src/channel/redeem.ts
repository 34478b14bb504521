import { least, MillraceError } from '@millrace/protocol';
import { channelId } from '@millrace/protocol/compute';
import { type RedeemVouchersResult, redeemVouchers, type SignedVoucher } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';

import type { Channel } from './channel.ts';
import { observeChannel } from './observe.ts';

/** Vouchers that one transaction redeems: about two million gas. */
const BATCH = 64;

/** What redeeming the best voucher of a channel would pay. */
export function redeemableOf(channel: Channel): bigint {
  if (channel.state === 'closed') return 0n;
  const { signed, deposit, redeemed } = channel;
  return least(signed, deposit) - redeemed;
}

/** Redeems the best vouchers of channels that pay something. */
export async function redeemChannels(core: Core, channels: Iterable<Channel>): Promise<void> {
  const paying = [...channels].filter((channel) => redeemableOf(channel) > 0n);
  for (let from = 0; from < paying.length; from += BATCH) {
    await core.sender.inTurn(() => redeemBatch(core, paying.slice(from, from + BATCH)));
  }
}

async function redeemBatch(core: Core, channels: readonly Channel[]): Promise<void> {
  const vouchers = channels.flatMap((channel) => {
    const { best } = channel;
    return best === undefined ? [] : [best satisfies SignedVoucher];
  });
  if (vouchers.length === 0) return;
  const { redeemed, skipped } = await send(core, vouchers);
  if (redeemed.length > 0) core.log.info({ redeemed: redeemed.length }, 'vouchers were redeemed');
  const paying = new Set(redeemed.map(({ channel }) => channel));
  for (const channel of channels) {
    if (!paying.has(channel.id)) channel.inVainAt = performance.now();
    await observeChannel(core, channel);
  }
  for (const { channel, code } of skipped) core.log.warn({ channel, code }, 'a voucher pays nothing');
}

/** That none of them pays is nothing to stop for: there may be others. */
async function send(core: Core, vouchers: readonly SignedVoucher[]): Promise<RedeemVouchersResult> {
  const { channels } = core.config.contracts;
  try {
    return (await redeemVouchers(core.client, { channels, vouchers })).result;
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'NOTHING_DUE_IN_BATCH') throw error;
    const { code } = error;
    return { redeemed: [], skipped: vouchers.map(({ key }) => ({ channel: channelId(key), code })) };
  }
}
