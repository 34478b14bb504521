import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { SdkClient } from '../../call/client.ts';
import { requireAccount } from '../../call/require-account.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildFinishUnbondParameters, buildFinishUnbond } from './build-finish-unbond.ts';

export type FinishUnbondParameters = Omit<BuildFinishUnbondParameters, 'node'> &
  SendOptions & {
    /** Whose lock. Default: the account that sends. */
    node?: BuildFinishUnbondParameters['node'] | undefined;
  };
export type FinishUnbondReturnType = ComputeSent<typeof iBondAbi, bigint>;
export type FinishUnbondErrorType = MillraceError;

/**
 * Frees what has waited long enough; `result` is how much, base units. Open to anyone.
 *
 * @throws {@link MillraceError} `TOO_EARLY`, `NOTHING_LEAVING`; nothing is sent then.
 *
 * @example
 * ```ts
 * await finishUnbond(client, { bond, bondClass })
 * ```
 */
export async function finishUnbond(
  client: SdkClient,
  parameters: FinishUnbondParameters,
): Promise<FinishUnbondReturnType> {
  const account = requireAccount(client, parameters.account);
  const node = parameters.node ?? account.address;
  const call = buildFinishUnbond({ ...parameters, node });
  return await sendComputeCall(
    client,
    iBondAbi,
    { ...parameters, call, account },
    (events) => computeEvent(events, 'Unlocked').amount,
  );
}
