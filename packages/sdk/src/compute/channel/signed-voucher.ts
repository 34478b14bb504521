import type { ChannelKey, StreamTerms, VoucherTerms } from '@millrace/protocol/compute';
import type { Hex } from 'viem';

/** A voucher as `Channels` takes it. */
export type SignedVoucher = Omit<VoucherTerms, 'channel'> & {
  readonly key: ChannelKey;
  readonly signature: Hex;
};

/** A stream as `Channels` takes it. */
export type SignedStream = Omit<StreamTerms, 'channel'> & {
  readonly key: ChannelKey;
  readonly signature: Hex;
};
