import { DEVNET_NAMES, devnetAccount } from '@millrace/devnet';
import type { Address } from 'viem';

/** The account of the mnemonic that the keeper has; the last, so that people can play with the first ones. */
export const KEEPER_ACCOUNT = 9;

/** Who rents machines all the while: beyond those that have names, as are the accounts of the machines. */
export const RENTER_ACCOUNT = 10;

/** Somebody whose part is left to whoever watches: `millrace … --as alice`. */
export type Guest = { name: string; address: Address };

/** Everybody between the deployer and the keeper. */
export const GUESTS: readonly Guest[] = DEVNET_NAMES.map((name, k) => ({
  name,
  address: devnetAccount(k).address,
})).slice(1, KEEPER_ACCOUNT);

/** The guest who has this address. */
export function guestAt(address: Address): Guest | undefined {
  return GUESTS.find((guest) => guest.address === address);
}
