import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildRevokeSessionParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
};
export type BuildRevokeSessionReturnType = Call;

/** Ends the session key of the sender. */
export function buildRevokeSession({ registry }: BuildRevokeSessionParameters): BuildRevokeSessionReturnType {
  return buildComputeCall(iNodeRegistryAbi, registry, 'revoke', []);
}
