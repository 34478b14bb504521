import type { MillraceError } from '@millrace/protocol';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRetireNodeParameters, buildRetireNode } from './build-retire-node.ts';

export type RetireNodeParameters = BuildRetireNodeParameters & SendOptions;
export type RetireNodeReturnType = ComputeSent<typeof iNodeRegistryAbi, undefined>;
export type RetireNodeErrorType = MillraceError;

/**
 * Leaves the registry: removes profile and session key. The same account may register again.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await retireNode(client, { registry })
 * ```
 */
export async function retireNode(
  client: SdkClient,
  parameters: RetireNodeParameters,
): Promise<RetireNodeReturnType> {
  const call = buildRetireNode(parameters);
  return await sendComputeCall(client, iNodeRegistryAbi, { ...parameters, call }, nothing);
}
