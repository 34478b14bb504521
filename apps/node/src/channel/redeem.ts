import { type RedeemVouchersResult, redeemVouchers, type SignedVoucher } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';
import { least } from '../least.ts';
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
  const { hash, result } = await redeemVouchers(core.client, {
    channels: core.config.contracts.channels,
    vouchers,
  });
  logResult(core, hash, result);
  for (const channel of channels) await observeChannel(core, channel);
}

function logResult({ log }: Core, hash: string, { redeemed, skipped }: RedeemVouchersResult): void {
  log.info({ hash, redeemed: redeemed.length }, 'vouchers were redeemed');
  for (const { channel, code } of skipped) log.warn({ channel, code }, 'a voucher pays nothing');
}
