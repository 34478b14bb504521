import type { MillraceError } from '@millrace/protocol';
import { type Account, type Address, type Hex, parseSignature } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { requireAccount } from '../call/require-account.ts';
import { getSigningDomain } from './get-signing-domain.ts';

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

const TYPES = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

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
    const typed = { domain, types: TYPES, primaryType: 'Permit', message } as const;
    const { r, s, yParity } = parseSignature(await signTypedData(client, { account: signer, ...typed }));
    return { ...terms, owner, v: 27 + yParity, r, s };
  });
}
