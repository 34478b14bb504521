import type { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex } from 'viem';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { requireAccount } from '../call/require-account.ts';
import { getSigningDomain } from './get-signing-domain.ts';
import { signPermitMessage } from './sign-permit-message.ts';

export type SignPermitParameters = {
  market: Address;
  spender: Address;
  /** Shares. */
  value: bigint;
  /** Until when the signature may be sent, seconds. */
  deadline: bigint;
  /** Who signs: the owner. Default: the client's account. */
  account?: Account | Address | undefined;
};
/** What `permit` takes. */
export type SignPermitReturnType = {
  market: Address;
  owner: Address;
  spender: Address;
  value: bigint;
  deadline: bigint;
  v: number;
  r: Hex;
  s: Hex;
};
export type SignPermitErrorType = MillraceError;

/** Signs (ERC-2612) that `spender` may move the account's shares of a market. */
export async function signPermit(
  client: SdkClient,
  { account, ...terms }: SignPermitParameters,
): Promise<SignPermitReturnType> {
  const signer = requireAccount(client, account);
  const owner = signer.address;
  return await decoding(async () => {
    const { domain, nonce } = await getSigningDomain(client, { market: terms.market, owner });
    const { spender, value, deadline } = terms;
    const message = { owner, spender, value, nonce, deadline };
    return { ...terms, owner, ...(await signPermitMessage(client, signer, domain, message)) };
  });
}
