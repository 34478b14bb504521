import { type HDAccount, mnemonicToAccount } from 'viem/accounts';

/** The mnemonic whose accounts anvil funds. Known to everyone: worth nothing anywhere else. */
export const DEVNET_MNEMONIC = 'test test test test test test test test test test test junk';

/** What people call the first accounts of {@link DEVNET_MNEMONIC}, in their order. */
export const DEVNET_NAMES = [
  'deployer',
  'alice',
  'bob',
  'carol',
  'dave',
  'erin',
  'frank',
  'grace',
  'heidi',
  'ivan',
] as const;

const known = new Map<number, HDAccount>();

/**
 * The first accounts of {@link DEVNET_MNEMONIC}, always the same. Account 0 deploys. Anvil funds ten of them unless
 * `startAnvil({ accounts })` says otherwise.
 *
 * @example
 * ```ts
 * const [deployer, lender, borrower] = devnetAccounts(3)
 * ```
 */
export function devnetAccounts(count = 10): HDAccount[] {
  return Array.from({ length: count }, (_, index) => devnetAccount(index));
}

/** Account `index` of {@link DEVNET_MNEMONIC}. */
export function devnetAccount(index: number): HDAccount {
  const account = known.get(index) ?? mnemonicToAccount(DEVNET_MNEMONIC, { addressIndex: index });
  known.set(index, account);
  return account;
}
