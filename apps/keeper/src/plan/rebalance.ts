import { BPS } from '@millrace/protocol';

/** A till is dry below `dryBelowBps` of the mean; nothing is done while the mean is below `minMean` base units. */
export type RebalanceRule = { dryBelowBps: bigint; minMean: bigint };

/** From the fullest till to the emptiest of those that are used, when that one has run dry. */
export function planRebalance(
  balances: readonly bigint[],
  used: ReadonlySet<number>,
  rule: RebalanceRule,
): { from: number; to: number } | undefined {
  const total = balances.reduce((sum, balance) => sum + balance, 0n);
  const count = BigInt(balances.length);
  if (count < 2n || total < rule.minMean * count) return undefined;
  let from = 0;
  let to: number | undefined;
  for (const [till, balance] of balances.entries()) {
    if (balance > (balances[from] ?? 0n)) from = till;
    if (used.has(till) && (to === undefined || balance < (balances[to] ?? 0n))) to = till;
  }
  if (to === undefined || to === from) return undefined;
  const [most, least] = [balances[from] ?? 0n, balances[to] ?? 0n];
  const isDry = least * count * BPS < total * rule.dryBelowBps;
  return isDry && most >= least + 2n ? { from, to } : undefined;
}
