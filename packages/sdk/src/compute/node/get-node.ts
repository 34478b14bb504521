import type { MillraceError } from '@millrace/protocol';
import { fromTextWord } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import { type Address, type Hex, zeroHash } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetNodeParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  node: Address;
};
/** What a node says of itself; nobody has checked it. */
export type RegisteredNode = {
  readonly address: Address;
  readonly endpoint: string;
  readonly capabilities: Hex;
  readonly region: string;
  readonly energy: string;
  /** Times are seconds since 1970. `undefined` when there is none, or it was revoked; it may have expired. */
  readonly session: { readonly key: Hex; readonly issuedAt: bigint; readonly expiry: bigint } | undefined;
};
/** `undefined` when the account is not registered. */
export type GetNodeReturnType = RegisteredNode | undefined;
export type GetNodeErrorType = MillraceError;

/**
 * What a node says of itself, and its session key.
 *
 * @example
 * ```ts
 * const node = await getNode(client, { registry, node: '0x…' })
 * node?.endpoint // 'https://node.example:4000'
 * ```
 */
export async function getNode(
  client: SdkClient,
  { registry, node }: GetNodeParameters,
): Promise<GetNodeReturnType> {
  const contract = { address: registry, abi: iNodeRegistryAbi, args: [node] } as const;
  const [profile, session] = await decoding(() =>
    Promise.all([
      readContract(client, { ...contract, functionName: 'profileOf' }),
      readContract(client, { ...contract, functionName: 'sessionOf' }),
    ]),
  );
  if (profile.endpoint === '') return undefined;
  const { key, issuedAt, expiry } = session;
  return {
    address: node,
    endpoint: profile.endpoint,
    capabilities: profile.capabilities,
    region: fromTextWord(profile.region),
    energy: fromTextWord(profile.energy),
    session: key === zeroHash ? undefined : { key, issuedAt: BigInt(issuedAt), expiry: BigInt(expiry) },
  };
}
