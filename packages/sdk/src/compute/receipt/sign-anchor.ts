import type { MillraceError } from '@millrace/protocol';
import { type AnchorTerms, anchorTypedData, signingDomain } from '@millrace/protocol/compute';
import type { Account, Address, Hex } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';

export type SignAnchorParameters = Omit<AnchorTerms, 'node'> & {
  /** The `Receipts`. */
  receipts: Address;
  /** The node. Default: the client's account. */
  account?: Account | Address | undefined;
};
/** What `anchorReceiptsBySig` takes. */
export type SignAnchorReturnType = AnchorTerms & { readonly signature: Hex };
export type SignAnchorErrorType = MillraceError;

/**
 * Signs the root of an epoch, so that somebody else may anchor it: a node needs no gas.
 *
 * @throws {@link MillraceError} `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const anchor = await signAnchor(node, { receipts, epoch, root: tree.root, count: BigInt(tree.size) })
 * await anchorReceiptsBySig(relayer, { receipts, ...anchor })
 * ```
 */
export async function signAnchor(
  client: SdkClient,
  { receipts, epoch, root, count, account: named }: SignAnchorParameters,
): Promise<SignAnchorReturnType> {
  const account = requireAccount(client, named);
  const terms = { node: account.address, epoch, root, count };
  return await decoding(async () => {
    const domain = signingDomain('receipts', { chainId: await chainIdOf(client), contract: receipts });
    const signature = await signTypedData(client, { account, ...anchorTypedData(domain, terms) });
    return { ...terms, signature };
  });
}
