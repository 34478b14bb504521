import type { MillraceError } from '@millrace/protocol';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { SdkClient } from '../../call/client.ts';
import { requireAccount } from '../../call/require-account.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildCollectParameters, buildCollect } from './build-collect.ts';

export type CollectParameters = Omit<BuildCollectParameters, 'holder'> &
  SendOptions & {
    /** Whose credit. Default: the account that sends. */
    holder?: BuildCollectParameters['holder'] | undefined;
  };
export type CollectReturnType = ComputeSent<typeof iLanesAbi, bigint>;
export type CollectErrorType = MillraceError;

/**
 * Sends the whole credit of a holder to it; `result` is how much, base units. Open to anyone.
 *
 * @throws {@link MillraceError} `NOTHING_TO_COLLECT`; nothing is sent then.
 *
 * @example
 * ```ts
 * await collect(client, { contract: channels, lane: laneOf(key) })
 * ```
 */
export async function collect(client: SdkClient, parameters: CollectParameters): Promise<CollectReturnType> {
  const account = requireAccount(client, parameters.account);
  const holder = parameters.holder ?? account.address;
  const call = buildCollect({ ...parameters, holder });
  return await sendComputeCall(
    client,
    iLanesAbi,
    { ...parameters, call, account },
    (events) => computeEvent(events, 'Collected').amount,
  );
}
