/** What one transaction cost and touched. Keys are opaque: `address:slot` or `address#nonce`. */
export type AccessSet = {
  gas: number;
  reads: ReadonlySet<string>;
  /** Keys whose value changed: what engines compare that validate by value. */
  writes: ReadonlySet<string>;
  /** Keys stored to, changed or not, and all of `writes`: what engines compare that validate by version. */
  stores: ReadonlySet<string>;
};

/** Which of the two kinds of write counts. */
export type WriteRule = 'writes' | 'stores';

/**
 * For each transaction of a block the earlier ones it has to wait for: whoever last wrote what it reads or writes. A
 * write after a read is no conflict, because earlier transactions keep seeing the older version.
 */
export function findDependencies(transactions: readonly AccessSet[], rule: WriteRule = 'writes'): number[][] {
  const lastWriter = new Map<string, number>();
  return transactions.map((transaction, j) => {
    const found = new Set<number>();
    for (const keys of [transaction.reads, transaction[rule]]) {
      for (const key of keys) {
        const writer = lastWriter.get(key);
        if (writer !== undefined) found.add(writer);
      }
    }
    for (const key of transaction[rule]) lastWriter.set(key, j);
    return [...found].sort((a, b) => a - b);
  });
}

/** Gas of the heaviest chain of transactions that wait for each other: no scheduler is faster, with any number of cores. */
export function criticalPath(gas: readonly number[], dependencies: readonly (readonly number[])[]): number {
  const finish: number[] = [];
  gas.forEach((cost, j) => {
    const start = Math.max(0, ...(dependencies[j] ?? []).map((i) => finish[i] ?? 0));
    finish.push(start + cost);
  });
  return Math.max(0, ...finish);
}
