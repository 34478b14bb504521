import { type MillraceError, RevertError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import { type Hex, padHex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { type ComputeEvents, type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRedeemVouchersParameters, buildRedeemVouchers } from './build-redeem-vouchers.ts';

export type RedeemVouchersParameters = BuildRedeemVouchersParameters & SendOptions;
/** What became of the vouchers of a batch, in its order. */
export type RedeemVouchersResult = {
  /** `paid` is all that the channel has ever paid, base units of its token. */
  readonly redeemed: readonly { readonly channel: Hex; readonly paid: bigint }[];
  /** `code` is that of the error that redeeming it alone gives, such as `NOTHING_DUE`. */
  readonly skipped: readonly { readonly channel: Hex; readonly code: string }[];
};
export type RedeemVouchersReturnType = ComputeSent<typeof iChannelsAbi, RedeemVouchersResult>;
export type RedeemVouchersErrorType = MillraceError;

/**
 * Redeems many vouchers in one transaction. One that pays nothing or is not signed is skipped, so that nobody can stop a batch.
 *
 * @throws {@link MillraceError} `NOTHING_DUE_IN_BATCH` when all are skipped; nothing is sent then.
 *
 * @example
 * ```ts
 * const { result } = await redeemVouchers(client, { channels, vouchers: books.map((book) => book.best) })
 * for (const { channel, code } of result.skipped) console.warn(channel, code)
 * ```
 */
export async function redeemVouchers(
  client: SdkClient,
  parameters: RedeemVouchersParameters,
): Promise<RedeemVouchersReturnType> {
  const call = buildRedeemVouchers(parameters);
  return await sendComputeCall(client, iChannelsAbi, { ...parameters, call }, resultOf);
}

function resultOf(events: ComputeEvents<typeof iChannelsAbi>): RedeemVouchersResult {
  return {
    redeemed: events.flatMap(({ eventName, args }) =>
      eventName === 'VoucherRedeemed' ? [{ channel: args.channel, paid: args.paid }] : [],
    ),
    skipped: events.flatMap(({ eventName, args }) =>
      eventName === 'VoucherSkipped' ? [{ channel: args.channel, code: codeOf(args.reason) }] : [],
    ),
  };
}

/** Zeros for arguments decode as well as any others, and all of these errors have at most two. */
function codeOf(selector: Hex): string {
  return new RevertError(padHex(selector, { dir: 'right', size: 4 + 64 })).code;
}
