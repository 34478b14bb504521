import type { MillraceError } from '@millrace/protocol';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import {
  type BuildCertifySessionBySigParameters,
  buildCertifySessionBySig,
} from './build-certify-session-by-sig.ts';

export type CertifySessionBySigParameters = BuildCertifySessionBySigParameters & SendOptions;
export type CertifySessionBySigReturnType = ComputeSent<typeof iNodeRegistryAbi, undefined>;
export type CertifySessionBySigErrorType = MillraceError;

/**
 * Puts a signed certificate on chain; anyone may. Only one that was issued after the last is accepted.
 *
 * @throws {@link MillraceError} `BAD_SIGNATURE`, `CERTIFICATE_OUTDATED`, `CERTIFICATE_FROM_FUTURE`, `CERTIFICATE_EXPIRED`; nothing is sent then.
 *
 * @example
 * ```ts
 * await certifySessionBySig(relayer, { registry, ...await signCertificate(node, { registry, key, expiry }) })
 * ```
 */
export async function certifySessionBySig(
  client: SdkClient,
  parameters: CertifySessionBySigParameters,
): Promise<CertifySessionBySigReturnType> {
  const call = buildCertifySessionBySig(parameters);
  return await sendComputeCall(client, iNodeRegistryAbi, { ...parameters, call }, nothing);
}
