import { type Account, type Address, type Hex, parseSignature, type TypedDataDomain } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';

/** What ERC-2612 has an owner of tokens sign. */
export type PermitMessage = {
  owner: Address;
  spender: Address;
  value: bigint;
  nonce: bigint;
  deadline: bigint;
};

const TYPES = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/** Signs a permit, in the parts that `permit` takes. */
export async function signPermitMessage(
  client: SdkClient,
  account: Account,
  domain: TypedDataDomain,
  message: PermitMessage,
): Promise<{ v: number; r: Hex; s: Hex }> {
  const typed = { domain, types: TYPES, primaryType: 'Permit', message } as const;
  const { r, s, yParity } = parseSignature(await signTypedData(client, { account, ...typed }));
  return { v: 27 + yParity, r, s };
}
