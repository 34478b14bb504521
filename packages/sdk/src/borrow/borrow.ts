import type { MillraceError } from '@millrace/protocol';
import type { SdkClient } from '../call/client.ts';
import { requireAccount } from '../call/require-account.ts';
import type { SendOptions } from '../call/send-call.ts';
import { nothing, type Sent, sendMarketCall } from '../call/send-market-call.ts';
import { type BuildBorrowParameters, buildBorrow } from './build-borrow.ts';

export type BorrowParameters = Omit<BuildBorrowParameters, 'owner'> &
  SendOptions & {
    /** Whose position it is. Default: the account that sends. */
    owner?: BuildBorrowParameters['owner'] | undefined;
  };
export type BorrowReturnType = Sent<undefined>;
export type BorrowErrorType = MillraceError;

/**
 * Borrows from a market.
 *
 * @throws {@link MillraceError} why it was refused; nothing is sent then.
 *
 * @example
 * ```ts
 * await borrow(client, { market, assets: 500_000_000n })
 * ```
 */
export async function borrow(client: SdkClient, parameters: BorrowParameters): Promise<BorrowReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = parameters.owner ?? account.address;
  const call = buildBorrow({ ...parameters, owner });
  return await sendMarketCall(client, { ...parameters, call, account }, nothing);
}
