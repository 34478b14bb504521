import type { MillraceError } from '@millrace/protocol';
import { type ChannelKey, channelId } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetChannelParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
};
/** `unknown`: never opened. */
export type ChannelState = 'unknown' | 'open' | 'closing' | 'closed';
/** Where a channel stands. Amounts are base units of its token. */
export type ChannelStatus = {
  readonly id: Hex;
  readonly state: ChannelState;
  /** All that was ever deposited. */
  readonly deposit: bigint;
  /** All that was ever paid to the payee. */
  readonly paid: bigint;
  /** What vouchers can still pay; 0 once it is closed. */
  readonly rest: bigint;
  /** From when it can be finalised, while it is closing; seconds since 1970. */
  readonly closesAt: bigint | undefined;
};
export type GetChannelReturnType = ChannelStatus;
export type GetChannelErrorType = MillraceError;

const CLOSED = 2 ** 48 - 1;

/**
 * Where a channel stands.
 *
 * @example
 * ```ts
 * const { state, rest } = await getChannel(client, { channels, key })
 * ```
 */
export async function getChannel(
  client: SdkClient,
  { channels, key }: GetChannelParameters,
): Promise<GetChannelReturnType> {
  const id = channelId(key);
  const { deposit, paid, closesAt } = await decoding(() =>
    readContract(client, { address: channels, abi: iChannelsAbi, functionName: 'channelOf', args: [id] }),
  );
  const state = stateOf(deposit, closesAt);
  return {
    id,
    state,
    deposit,
    paid,
    rest: state === 'closed' ? 0n : deposit - paid,
    closesAt: state === 'closing' ? BigInt(closesAt) : undefined,
  };
}

function stateOf(deposit: bigint, closesAt: number): ChannelState {
  if (deposit === 0n) return 'unknown';
  if (closesAt === 0) return 'open';
  return closesAt === CLOSED ? 'closed' : 'closing';
}
