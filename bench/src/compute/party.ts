import { type Hex, keccak256, toHex } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

/** An account that can sign, the same for the same label in every run. */
export function party(label: string): PrivateKeyAccount {
  return privateKeyToAccount(keccak256(toHex(`party ${label}`)) satisfies Hex);
}
