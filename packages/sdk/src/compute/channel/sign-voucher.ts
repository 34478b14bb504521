import type { MillraceError } from '@millrace/protocol';
import { type ChannelKey, channelId, signingDomain, voucherTypedData } from '@millrace/protocol/compute';
import { type Account, type Address, type Hex, zeroHash } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';
import type { SignedVoucher } from './signed-voucher.ts';

export type SignVoucherParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
  /** Base units, from the beginning of the channel. */
  total: bigint;
  /** Root of the receipts that are paid for. Default: none. */
  receiptsRoot?: Hex | undefined;
  /** The payer. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignVoucherReturnType = SignedVoucher;
export type SignVoucherErrorType = MillraceError;

/**
 * Signs a voucher: money that cannot be taken back. Costs no gas, and no request when the client knows its chain. Ask a
 * payer's voucher book first what may be signed.
 *
 * @throws {@link MillraceError} `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const terms = book.promise(total, tree.root)
 * await save(book.snapshot())
 * const voucher = await signVoucher(client, { channels, ...terms })
 * ```
 */
export async function signVoucher(
  client: SdkClient,
  { channels, key, total, receiptsRoot = zeroHash, ...parameters }: SignVoucherParameters,
): Promise<SignVoucherReturnType> {
  const account = requireAccount(client, parameters.account);
  return await decoding(async () => {
    const domain = signingDomain('channels', { chainId: await chainIdOf(client), contract: channels });
    const typed = voucherTypedData(domain, { channel: channelId(key), total, receiptsRoot });
    return { key, total, receiptsRoot, signature: await signTypedData(client, { account, ...typed }) };
  });
}
