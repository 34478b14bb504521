import type { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { requireAccount } from '../call/require-account.ts';
import { getSigningDomain } from './get-signing-domain.ts';

export type SignOperatorParameters = {
  market: Address;
  operator: Address;
  /** Bits of `SCOPE`, added up. */
  scope: bigint;
  /** Until when the operator may act, seconds. */
  expiry: bigint;
  /** Until when the signature may be sent, seconds. */
  deadline: bigint;
  /** Who signs: the owner. Default: the client's account. */
  account?: Account | Address | undefined;
};
/** What `setOperatorBySig` takes. */
export type SignOperatorReturnType = {
  market: Address;
  owner: Address;
  operator: Address;
  scope: bigint;
  expiry: bigint;
  deadline: bigint;
  signature: Hex;
};
export type SignOperatorErrorType = MillraceError;

const TYPES = {
  Operator: [
    { name: 'owner', type: 'address' },
    { name: 'operator', type: 'address' },
    { name: 'scope', type: 'uint256' },
    { name: 'expiry', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/**
 * Signs (EIP-712) that an operator may act for the account. Costs no gas; whoever sends it pays. It is good once: any other
 * signature of the account that is used on this market before makes it void.
 *
 * @example
 * ```ts
 * const signed = await signOperator(owner, { market, operator, scope: SCOPE.pay, expiry, deadline })
 * await setOperatorBySig(relayer, signed)
 * ```
 */
export async function signOperator(
  client: SdkClient,
  { account, ...terms }: SignOperatorParameters,
): Promise<SignOperatorReturnType> {
  const signer = requireAccount(client, account);
  const owner = signer.address;
  return await decoding(async () => {
    const { domain, nonce } = await getSigningDomain(client, { market: terms.market, owner });
    const { operator, scope, expiry, deadline } = terms;
    const message = { owner, operator, scope, expiry, nonce, deadline };
    const typed = { domain, types: TYPES, primaryType: 'Operator', message } as const;
    const signature = await signTypedData(client, { account: signer, ...typed });
    return { ...terms, owner, signature };
  });
}
