import { type HDAccount, mnemonicToAccount } from 'viem/accounts';

/** The mnemonic whose accounts anvil funds. Known to everyone: worth nothing anywhere else. */
export const DEVNET_MNEMONIC = 'test test test test test test test test test test test junk';

const known: HDAccount[] = [];

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
  for (let i = known.length; i < count; i++) {
    known.push(mnemonicToAccount(DEVNET_MNEMONIC, { addressIndex: i }));
  }
  return known.slice(0, count);
}

/** Account `index` of {@link DEVNET_MNEMONIC}. */
export function devnetAccount(index: number): HDAccount {
  const account = devnetAccounts(index + 1)[index];
  if (account === undefined) throw new RangeError(`There is no account ${index}.`);
  return account;
}
