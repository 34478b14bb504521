import { type Address, getAddress, isAddress } from 'viem';
import { everybody, findPerson } from '../devnet/people.ts';
import { UsageError } from '../usage-error.ts';

/** Whose position is meant, without a key. */
export type Owner = { address: Address; name: string };

/**
 * An address, or on a local chain somebody's name.
 *
 * @throws {@link UsageError} `UNKNOWN_ACCOUNT`.
 */
export function resolveOwner(text: string, isDevnet: boolean): Owner {
  const person = isDevnet ? findPerson(text) : undefined;
  if (person) return { address: person.account.address, name: person.name };
  if (isAddress(text, { strict: false })) {
    const address = getAddress(text);
    return { address, name: address };
  }
  const names = isDevnet ? ' Names on the local chain: `millrace dev accounts`.' : '';
  throw new UsageError(
    `“${text}” is nobody known here.`,
    'UNKNOWN_ACCOUNT',
    `Write an address, 0x and 40 digits.${names}`,
  );
}

/** What people call an address: a name on the local chain, else the address. */
export function nameOf(address: Address, isDevnet: boolean): string {
  if (!isDevnet) return address;
  return everybody().find(({ account }) => account.address === getAddress(address))?.name ?? address;
}
