import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import type { SendOptions } from '../call/send-call.ts';
import { type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildCheckpointParameters, buildCheckpoint } from './build-checkpoint.ts';

export type CheckpointParameters = BuildCheckpointParameters & SendOptions;
export type CheckpointReturnType = Sent<boolean>;
export type CheckpointErrorType = MillraceError;

/**
 * Books interest and moves the rate. `result` says whether it was due.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await checkpoint(client, { market })
 * ```
 */
export async function checkpoint(
  client: SdkClient,
  parameters: CheckpointParameters,
): Promise<CheckpointReturnType> {
  const call = buildCheckpoint(parameters);
  return await sendMarketCall(client, { ...parameters, call }, (events) =>
    events.some(({ eventName }) => eventName === 'Checkpointed'),
  );
}
