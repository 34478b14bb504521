import type { MillraceError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { SdkClient } from '../../call/client.ts';
import { requireAccount } from '../../call/require-account.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildTopUpChannelParameters, buildTopUpChannel } from './build-top-up-channel.ts';

export type TopUpChannelParameters = BuildTopUpChannelParameters & SendOptions;
export type TopUpChannelReturnType = ComputeSent<typeof iChannelsAbi, bigint>;
export type TopUpChannelErrorType = MillraceError;

/**
 * Adds to the deposit of a channel; `result` is all that was ever deposited, which both voucher books take.
 *
 * @throws {@link MillraceError} `CHANNEL_IS_CLOSING`, `UNKNOWN_CHANNEL`, `INSUFFICIENT_BALANCE`, `INSUFFICIENT_APPROVAL`;
 * nothing is sent then.
 *
 * @example
 * ```ts
 * const { result: deposit } = await topUpChannel(client, { channels, key, amount })
 * book.deposited(deposit)
 * ```
 */
export async function topUpChannel(
  client: SdkClient,
  parameters: TopUpChannelParameters,
): Promise<TopUpChannelReturnType> {
  const account = requireAccount(client, parameters.account);
  const call = buildTopUpChannel(parameters);
  const payment = { payer: account.address, amount: parameters.amount, token: parameters.key.token };
  return await sendComputeCall(
    client,
    iChannelsAbi,
    { ...parameters, call, account, payment },
    (events) => computeEvent(events, 'ChannelToppedUp').deposit,
  );
}
