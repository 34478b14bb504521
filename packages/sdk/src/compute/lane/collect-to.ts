import type { MillraceError } from '@millrace/protocol';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildCollectToParameters, buildCollectTo } from './build-collect-to.ts';

export type CollectToParameters = BuildCollectToParameters & SendOptions;
export type CollectToReturnType = ComputeSent<typeof iLanesAbi, bigint>;
export type CollectToErrorType = MillraceError;

/**
 * Sends the account’s whole credit to another one; `result` is how much, base units.
 *
 * @throws {@link MillraceError} `NOTHING_TO_COLLECT`, `BAD_RECEIVER`; nothing is sent then.
 *
 * @example
 * ```ts
 * await collectTo(client, { contract: channels, lane: laneOf(key), to: cold })
 * ```
 */
export async function collectTo(
  client: SdkClient,
  parameters: CollectToParameters,
): Promise<CollectToReturnType> {
  const call = buildCollectTo(parameters);
  return await sendComputeCall(
    client,
    iLanesAbi,
    { ...parameters, call },
    (events) => computeEvent(events, 'Collected').amount,
  );
}
