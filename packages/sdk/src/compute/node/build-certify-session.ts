import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCertifySessionParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  /** The 32 bytes of the ed25519 public key. */
  key: Hex;
  /** The last second in which it is good; at most 90 days ahead. */
  expiry: bigint;
};
export type BuildCertifySessionReturnType = Call;

/** Makes `key` the session key of the sender. */
export function buildCertifySession({
  registry,
  key,
  expiry,
}: BuildCertifySessionParameters): BuildCertifySessionReturnType {
  return buildComputeCall(iNodeRegistryAbi, registry, 'certify', [key, expiry]);
}
