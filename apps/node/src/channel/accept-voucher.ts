import { ComputeError } from '@millrace/protocol/compute';
import { RefusalError, type VoucherMessage } from '@millrace/protocol/wire';
import type { Core } from '../core.ts';
import { watchChannel } from '../meter/exposure-watch.ts';
import type { Channel } from './channel.ts';

/**
 * Takes a voucher: checks it, writes it down, and only then counts on it.
 *
 * @throws `RefusalError` `VOUCHER_INVALID`, `CHANNEL_CLOSING`, whose details tell why
 */
export async function acceptVoucher(core: Core, channel: Channel, voucher: VoucherMessage): Promise<void> {
  const { total, receiptsRoot, signature } = voucher;
  try {
    await channel.book.accept({ key: channel.key, total, receiptsRoot, signature });
  } catch (error) {
    if (!(error instanceof ComputeError)) throw error;
    // Smaller than one that is here: the payer has sent it before.
    if (error.code === 'VOUCHER_NOT_INCREASING' && total <= channel.signed) return;
    const { code, shortMessage, details } = error.toJSON();
    const isClosed = code === 'CHANNEL_NOT_OPEN';
    throw new RefusalError(isClosed ? 'CHANNEL_CLOSING' : 'VOUCHER_INVALID', shortMessage, {
      reason: code,
      ...details,
    });
  }
  const { best } = channel.book;
  if (best === undefined) return;
  // Another may have come while this one was checked: the best is written, in whatever order they came.
  if (best.total > channel.signed) {
    const facts = {
      total: best.total.toString(),
      receiptsRoot: best.receiptsRoot,
      signature: best.signature,
    };
    await core.journal.append({ t: 'voucher', channel: channel.id, voucher: facts });
  }
  watchChannel(core, channel);
  core.scheduler.fill();
}
