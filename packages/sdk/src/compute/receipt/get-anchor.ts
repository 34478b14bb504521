import type { MillraceError } from '@millrace/protocol';
import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import { type Address, type Hex, zeroHash } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetAnchorParameters = {
  /** The `Receipts`. */
  receipts: Address;
  node: Address;
  /** See `epochOf`. */
  epoch: bigint;
};
export type Anchor = {
  readonly root: Hex;
  /** Audits are drawn by the randomness of a block after this one. */
  readonly blockNumber: bigint;
  /** Seconds since 1970. */
  readonly time: bigint;
  /** How many receipts are below the root, as the node says. */
  readonly count: bigint;
};
/** `undefined` when nothing is anchored. */
export type GetAnchorReturnType = Anchor | undefined;
export type GetAnchorErrorType = MillraceError;

/** What a node has anchored for an epoch. */
export async function getAnchor(
  client: SdkClient,
  { receipts, node, epoch }: GetAnchorParameters,
): Promise<GetAnchorReturnType> {
  const anchor = await decoding(() =>
    readContract(client, {
      address: receipts,
      abi: iReceiptsAbi,
      functionName: 'anchorOf',
      args: [node, epoch],
    }),
  );
  return anchor.root === zeroHash ? undefined : anchor;
}
