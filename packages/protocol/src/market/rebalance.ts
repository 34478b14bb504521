import type { Address } from 'viem';
import { type Draft, operation } from './draft.ts';
import { refuse } from './refusal.ts';
import { heldByTill, moveTill, requireTill } from './tills.ts';

export type RebalanceArguments = {
  /** 0 for the asset, i + 1 for collateral i. */
  readonly token: number;
  readonly from: number;
  readonly to: number;
};
export type RebalanceResult = { readonly amount: bigint };

/** Inside a transaction; see {@link rebalance}. */
export function runRebalance(
  m: Draft,
  _sender: Address,
  { token, from, to }: RebalanceArguments,
): RebalanceResult {
  requireTill(m, from);
  requireTill(m, to);
  const [more, less] = [heldByTill(m, token, from), heldByTill(m, token, to)];
  if (more < less + 2n) refuse('NothingToRebalance', more, less);
  const amount = (more - less) / 2n;
  moveTill(m, token, from, -amount);
  moveTill(m, token, to, amount);
  return { amount };
}

/** Moves half of the difference from a fuller till to an emptier one. Changes no book. */
export const rebalance = operation(runRebalance);
