import type { MillraceError } from '@millrace/protocol';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRevokeSessionParameters, buildRevokeSession } from './build-revoke-session.ts';

export type RevokeSessionParameters = BuildRevokeSessionParameters & SendOptions;
export type RevokeSessionReturnType = ComputeSent<typeof iNodeRegistryAbi, undefined>;
export type RevokeSessionErrorType = MillraceError;

/**
 * Ends the session key of the account, and makes every certificate issued until now void.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await revokeSession(client, { registry })
 * ```
 */
export async function revokeSession(
  client: SdkClient,
  parameters: RevokeSessionParameters,
): Promise<RevokeSessionReturnType> {
  const call = buildRevokeSession(parameters);
  return await sendComputeCall(client, iNodeRegistryAbi, { ...parameters, call }, nothing);
}
