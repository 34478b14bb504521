import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildUnbondParameters, buildUnbond } from './build-unbond.ts';

export type UnbondParameters = BuildUnbondParameters & SendOptions;
export type UnbondReturnType = ComputeSent<typeof iBondAbi, bigint>;
export type UnbondErrorType = MillraceError;

/**
 * Starts to unlock; `result` is when `finishUnbond` works, seconds since 1970. What is leaving already waits anew, and all of it can be
 * slashed until then.
 *
 * @throws {@link MillraceError} `INSUFFICIENT_LOCK` with what is locked; nothing is sent then.
 *
 * @example
 * ```ts
 * const { result: leavesAt } = await unbond(client, { bond, bondClass, amount })
 * ```
 */
export async function unbond(client: SdkClient, parameters: UnbondParameters): Promise<UnbondReturnType> {
  const call = buildUnbond(parameters);
  return await sendComputeCall(
    client,
    iBondAbi,
    { ...parameters, call },
    (events) => computeEvent(events, 'UnlockStarted').leavesAt,
  );
}
