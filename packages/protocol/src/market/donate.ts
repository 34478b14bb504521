import type { Address } from 'viem';
import { type Draft, operation } from './draft.ts';
import { refuse } from './refusal.ts';
import { moveTill, moveWallet } from './tills.ts';

export type DonateArguments = {
  /** 0 for the asset, i + 1 for collateral i. */
  readonly token: number;
  readonly till: number;
  /** Base units of the token. */
  readonly amount: bigint;
};

/** Inside a transaction; see {@link donate}. */
function runDonate(m: Draft, sender: Address, { token, till, amount }: DonateArguments): void {
  const balance = m.wallets[token]?.get(sender);
  if (balance !== undefined && balance < amount) refuse('ERC20InsufficientBalance', sender, balance, amount);
  moveWallet(m, token, sender, -amount);
  moveTill(m, token, till, amount);
}

/** Sends tokens to a till by hand: they belong to nobody, change no book, and may be lent. */
export const donate = operation(runDonate);
