import { toTextWord } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import { type Address, type Hex, zeroHash } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildRegisterNodeParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  /** Where the node answers: a URL of 1 to 256 bytes. */
  endpoint: string;
  /** Merkle root of what it can do and was measured at. Default: zero, nothing claimed. */
  capabilities?: Hex | undefined;
  /** Such as `FI`; at most 32 bytes. Default: not told. */
  region?: string | undefined;
  /** Such as `wind`; at most 32 bytes. Default: not told. */
  energy?: string | undefined;
};
export type BuildRegisterNodeReturnType = Call;

/** Sets what the sender says of itself; replaces what it said before. */
export function buildRegisterNode({
  registry,
  endpoint,
  capabilities = zeroHash,
  region = '',
  energy = '',
}: BuildRegisterNodeParameters): BuildRegisterNodeReturnType {
  return buildComputeCall(iNodeRegistryAbi, registry, 'setProfile', [
    { endpoint, capabilities, region: toTextWord(region), energy: toTextWord(energy) },
  ]);
}
