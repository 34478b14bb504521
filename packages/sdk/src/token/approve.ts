import type { MillraceError } from '@millrace/protocol';
import type { Hash, TransactionReceipt } from 'viem';
import type { SdkClient } from '../call/client.ts';
import { type SendOptions, sendCall } from '../call/send-call.ts';
import { type BuildApproveParameters, buildApprove } from './build-approve.ts';

export type ApproveParameters = BuildApproveParameters & SendOptions;
export type ApproveReturnType = { hash: Hash; receipt: TransactionReceipt };
export type ApproveErrorType = MillraceError;

/**
 * Lets `spender`, mostly a market, move exactly `amount` of the account's tokens. Nothing more: a market never needs
 * a standing approval.
 *
 * @example
 * ```ts
 * await approve(client, { token: market.asset.address, spender: market.address, amount })
 * ```
 */
export async function approve(client: SdkClient, parameters: ApproveParameters): Promise<ApproveReturnType> {
  const { hash, receipt } = await sendCall(client, { ...parameters, call: buildApprove(parameters) });
  return { hash, receipt };
}
