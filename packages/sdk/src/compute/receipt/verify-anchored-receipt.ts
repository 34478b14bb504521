import type { MillraceError } from '@millrace/protocol';
import { hashReceipt, type Receipt } from '@millrace/protocol/compute';
import { iReceiptsAbi } from '@millrace/protocol/contracts/i-receipts';
import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type VerifyAnchoredReceiptParameters = {
  /** The `Receipts`. */
  receipts: Address;
  epoch: bigint;
  receipt: Receipt;
  /** From the tree of the node. */
  proof: readonly Hex[];
};
export type VerifyAnchoredReceiptReturnType = boolean;
export type VerifyAnchoredReceiptErrorType = MillraceError;

/**
 * Asks the contract whether a receipt is below the root that its node has anchored for an epoch.
 *
 * @throws {@link MillraceError} `RECEIPT_INVALID`, or when the chain cannot be asked; never for a wrong proof.
 *
 * @example
 * ```ts
 * await verifyAnchoredReceipt(client, { receipts, epoch, receipt, proof: tree.proof(7) }) // true
 * ```
 */
export async function verifyAnchoredReceipt(
  client: SdkClient,
  { receipts, epoch, receipt, proof }: VerifyAnchoredReceiptParameters,
): Promise<VerifyAnchoredReceiptReturnType> {
  const args = [receipt.node, epoch, hashReceipt(receipt), proof] as const;
  return await decoding(() =>
    readContract(client, { address: receipts, abi: iReceiptsAbi, functionName: 'includes', args }),
  );
}
