import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { SdkClient } from '../../call/client.ts';
import { requireAccount } from '../../call/require-account.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildStakeParameters, buildStake } from './build-stake.ts';
import { getBondToken } from './get-bond-token.ts';

export type StakeParameters = Omit<BuildStakeParameters, 'node'> &
  SendOptions & {
    /** Whose stake it is. Default: the account that sends. */
    node?: BuildStakeParameters['node'] | undefined;
  };
export type StakeReturnType = ComputeSent<typeof iBondAbi, undefined>;
export type StakeErrorType = MillraceError;

/**
 * Adds to the stake of a node, from the tokens of the account that sends.
 *
 * @throws {@link MillraceError} `INSUFFICIENT_BALANCE` or `INSUFFICIENT_APPROVAL` with the amounts; nothing is sent then.
 *
 * @example
 * ```ts
 * await approve(client, { token, spender: bond, amount })
 * await stake(client, { bond, amount })
 * ```
 */
export async function stake(client: SdkClient, parameters: StakeParameters): Promise<StakeReturnType> {
  const account = requireAccount(client, parameters.account);
  const node = parameters.node ?? account.address;
  const call = buildStake({ ...parameters, node });
  const payment = {
    payer: account.address,
    amount: parameters.amount,
    token: () => getBondToken(client, parameters),
  };
  return await sendComputeCall(client, iBondAbi, { ...parameters, call, account, payment }, nothing);
}
