import type { Address } from 'viem';
import { BPS } from '../units/fixed-point.ts';
import { requireFits128 } from './amounts.ts';
import { type Draft, lower, operation } from './draft.ts';
import { ceilDiv } from './index-math.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { addSupply } from './stripes.ts';
import { ASSET, heldByTill, moveTill, moveWallet, scan, sendFrom } from './tills.ts';

export type FlashLoanArguments = {
  /** A contract that accepts the loan and lets the market take it back. */
  readonly receiver: Address;
  readonly token: Address;
  /** Base units of the asset. */
  readonly amount: bigint;
  /** See `encodeRoute`. Default: the receiver's own till is asked first. */
  readonly route?: bigint | undefined;
};
export type FlashLoanResult = { readonly fee: bigint };

/** Inside a transaction; see {@link flashLoan}. `during` is what the receiver does with the market meanwhile. */
export function runFlashLoan(
  m: Draft,
  _sender: Address,
  args: FlashLoanArguments,
  during?: (m: Draft, receiver: Address) => void,
): FlashLoanResult {
  const { token, amount, route = NO_ROUTE } = args;
  const receiver = lower(args.receiver);
  requireFits128(amount);
  if (lower(token) !== lower(m.config.asset)) refuse('UnsupportedToken', m.config.asset, token);
  const fee = ceilDiv(amount * m.config.flashFeeBps, BPS);
  const stripe = bookStripe(m.config, route, receiver);
  const taken = gather(m, receiver, amount, stripe);
  m.used = true;
  during?.(m, receiver);
  taken.set(stripe, (taken.get(stripe) ?? 0n) + fee);
  for (const [j, due] of [...taken].sort(([a], [b]) => a - b)) {
    moveWallet(m, ASSET, receiver, -due);
    moveTill(m, ASSET, j, due);
  }
  if (fee !== 0n) addSupply(m, stripe, 0n, fee);
  return { fee };
}

/** Lends for the length of a call (ERC-3156). Each till gets back what left it; the fee, rounded up, goes to the first. */
export const flashLoan = operation<FlashLoanArguments, FlashLoanResult>(runFlashLoan);

/** What left each till. */
function gather(m: Draft, to: Address, amount: bigint, stripe: number): Map<number, bigint> {
  if (heldByTill(m, ASSET, stripe) >= amount) {
    sendFrom(m, ASSET, stripe, to, amount);
    return new Map([[stripe, amount]]);
  }
  const taken = new Map<number, bigint>();
  let left = amount;
  for (const j of scan(m, stripe)) {
    if (left === 0n) break;
    const sent = sendFrom(m, ASSET, j, to, left);
    taken.set(j, sent);
    left -= sent;
  }
  if (left !== 0n) refuse('TillsDry', m.config.asset, amount, amount - left);
  return taken;
}
