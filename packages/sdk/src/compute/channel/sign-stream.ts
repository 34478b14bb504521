import type { MillraceError } from '@millrace/protocol';
import { type ChannelKey, channelId, signingDomain, streamTypedData } from '@millrace/protocol/compute';
import { type Account, type Address, type Hex, zeroHash } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';
import type { SignedStream } from './signed-voucher.ts';

export type SignStreamParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
  /** What is owed at `since`, base units from the beginning of the channel. */
  total: bigint;
  /** Base units for each second. */
  rate: bigint;
  /** Seconds since 1970. */
  since: bigint;
  /** Seconds since 1970; this second is not paid. */
  until: bigint;
  /** Root of the receipts that are paid for. Default: none. */
  receiptsRoot?: Hex | undefined;
  /** The payer. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignStreamReturnType = SignedStream;
export type SignStreamErrorType = MillraceError;

/**
 * Reserves capacity: signs a voucher that grows with every second. Once signed, it cannot be ended early.
 *
 * @throws {@link MillraceError} `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const stream = await signStream(client, { channels, key, total: 0n, rate: 3n, since: now, until: now + 3_600n })
 * ```
 */
export async function signStream(
  client: SdkClient,
  { channels, account: named, receiptsRoot = zeroHash, key, ...terms }: SignStreamParameters,
): Promise<SignStreamReturnType> {
  const account = requireAccount(client, named);
  return await decoding(async () => {
    const domain = signingDomain('channels', { chainId: await chainIdOf(client), contract: channels });
    const typed = streamTypedData(domain, { channel: channelId(key), receiptsRoot, ...terms });
    const signature = await signTypedData(client, { account, ...typed });
    return { key, receiptsRoot, ...terms, signature };
  });
}
