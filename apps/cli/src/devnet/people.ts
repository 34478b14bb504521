import { DEVNET_NAMES, devnetAccount } from '@millrace/devnet';
import type { HDAccount } from 'viem/accounts';

/** Account 0 deploys and owns the price feeds. */
export type PersonName = (typeof DEVNET_NAMES)[number];

/** Somebody on a local chain whose key everyone knows. */
export type Person = { name: PersonName; account: HDAccount; about: string };

const ABOUT: Readonly<Partial<Record<PersonName, string>>> = {
  deployer: 'deployed the contracts, moves the prices',
  grace: 'borrows with care',
  heidi: 'lends to both markets',
  ivan: 'borrows close to the limit',
};

/** Everybody on a local chain. */
export function everybody(): Person[] {
  return DEVNET_NAMES.map((name, index) => ({
    name,
    account: devnetAccount(index),
    about: ABOUT[name] ?? 'has money, has done nothing yet',
  }));
}

/** The person of this name, in any case. */
export function findPerson(name: string): Person | undefined {
  return everybody().find((each) => each.name === name.toLowerCase());
}

/** The keys of somebody on a local chain. */
export function personAccount(name: PersonName): HDAccount {
  return devnetAccount(DEVNET_NAMES.indexOf(name));
}
