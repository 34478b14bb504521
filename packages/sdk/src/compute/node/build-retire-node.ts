import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildRetireNodeParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
};
export type BuildRetireNodeReturnType = Call;

/** Removes profile and session key of the sender. */
export function buildRetireNode({ registry }: BuildRetireNodeParameters): BuildRetireNodeReturnType {
  return buildComputeCall(iNodeRegistryAbi, registry, 'retire', []);
}
