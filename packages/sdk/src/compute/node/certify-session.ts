import type { MillraceError } from '@millrace/protocol';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildCertifySessionParameters, buildCertifySession } from './build-certify-session.ts';

export type CertifySessionParameters = BuildCertifySessionParameters & SendOptions;
export type CertifySessionReturnType = ComputeSent<typeof iNodeRegistryAbi, undefined>;
export type CertifySessionErrorType = MillraceError;

/**
 * Makes a key the session key of the account, on chain. Ends the one before.
 *
 * @throws {@link MillraceError} `EMPTY_KEY`, `CERTIFICATE_EXPIRED`, `CERTIFICATE_TOO_LONG`; nothing is sent then.
 *
 * @example
 * ```ts
 * const session = sessionKeyOf(createSessionSecret())
 * await certifySession(client, { registry, key: session.publicKey, expiry })
 * ```
 */
export async function certifySession(
  client: SdkClient,
  parameters: CertifySessionParameters,
): Promise<CertifySessionReturnType> {
  const call = buildCertifySession(parameters);
  return await sendComputeCall(client, iNodeRegistryAbi, { ...parameters, call }, nothing);
}
