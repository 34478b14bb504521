import type { MillraceError } from '@millrace/protocol';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRegisterNodeParameters, buildRegisterNode } from './build-register-node.ts';

export type RegisterNodeParameters = BuildRegisterNodeParameters & SendOptions;
export type RegisterNodeReturnType = ComputeSent<typeof iNodeRegistryAbi, undefined>;
export type RegisterNodeErrorType = MillraceError;

/**
 * Tells everybody where a node is and what it offers; replaces what it said before.
 *
 * @throws {@link MillraceError} `EMPTY_ENDPOINT`, `ENDPOINT_TOO_LONG`, `TEXT_TOO_LONG`; nothing is sent then.
 *
 * @example
 * ```ts
 * await registerNode(client, { registry, endpoint: 'https://node.example:4000', region: 'FI', energy: 'wind' })
 * ```
 */
export async function registerNode(
  client: SdkClient,
  parameters: RegisterNodeParameters,
): Promise<RegisterNodeReturnType> {
  const call = buildRegisterNode(parameters);
  return await sendComputeCall(client, iNodeRegistryAbi, { ...parameters, call }, nothing);
}
