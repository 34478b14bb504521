import type { BlockAccess, TransactionAccess } from '../src/access/block-access.ts';

/** Everything that can be compared between sources that see everything, in an order of its own. */
export function plain(transaction: TransactionAccess) {
  const { environment, writes: _, ...rest } = transaction;
  return {
    ...rest,
    ...keysOf(transaction),
    environment: [...environment.keys()].sort(),
    writes: writes(transaction),
  };
}

/** What was touched, without the values. */
export function keysOf({ reads, stores, deltas, codes, preimages }: TransactionAccess) {
  return {
    reads: [...reads].sort(),
    stores: [...stores].sort(),
    deltas: [...deltas].sort(),
    preimages: [...preimages].sort(),
    codes: [...codes].map(([owner, code]) => [owner, [...code].sort()]).sort(),
  };
}

export function writes(transaction: TransactionAccess) {
  return [...transaction.writes].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function slotsRead({ transactions }: BlockAccess) {
  return transactions.map(({ reads }) => [...reads].filter((key) => key[42] === ':').sort());
}

/** What was changed apart from the coinbase's balance: only who sees instructions knows whether one looked at that. */
export function writesApart({ coinbase, transactions }: BlockAccess) {
  return transactions.map((transaction) =>
    writes(transaction).filter(([key]) => key !== `${coinbase}#balance`),
  );
}
