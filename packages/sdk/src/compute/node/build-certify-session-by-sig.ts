import type { Certificate } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCertifySessionBySigParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  /** From `signCertificate`. */
  certificate: Certificate;
  signature: Hex;
};
export type BuildCertifySessionBySigReturnType = Call;

/** Makes a key the session key of the node that signed its certificate; anyone may send it. */
export function buildCertifySessionBySig({
  registry,
  certificate,
  signature,
}: BuildCertifySessionBySigParameters): BuildCertifySessionBySigReturnType {
  return buildComputeCall(iNodeRegistryAbi, registry, 'certifyBySig', [certificate, signature]);
}
