import type { ConflictEdge, ConflictGraph } from './conflict-graph.ts';

/** The heaviest chain of transactions that wait for each other. */
export type CriticalPath = {
  /** Its gas: no scheduler runs the block in less, with any number of cores. */
  gas: number;
  /** From first to last, each with the edge it waited for (the first has none). */
  steps: readonly { index: number; waitedFor: ConflictEdge | undefined }[];
};

/** Linear in transactions and edges. Of chains of equal gas, the one that ends first. */
export function findCriticalPath(graph: ConflictGraph): CriticalPath {
  const finish: number[] = [];
  const via: (ConflictEdge | undefined)[] = [];
  for (const [index, edges] of graph.waitsFor.entries()) {
    const slowest = edges.reduce<ConflictEdge | undefined>(
      (worst, edge) =>
        worst === undefined || (finish[edge.from] ?? 0) > (finish[worst.from] ?? 0) ? edge : worst,
      undefined,
    );
    via.push(slowest);
    finish.push((slowest ? (finish[slowest.from] ?? 0) : 0) + (graph.gas[index] ?? 0));
  }
  const gas = finish.reduce((most, each) => Math.max(most, each), 0);
  const steps: { index: number; waitedFor: ConflictEdge | undefined }[] = [];
  let index: number | undefined = finish.length === 0 ? undefined : finish.indexOf(gas);
  while (index !== undefined) {
    const waitedFor: ConflictEdge | undefined = via[index];
    steps.unshift({ index, waitedFor });
    index = waitedFor?.from;
  }
  return { gas, steps };
}

/** Total gas over the gas of the critical path: no scheduler is faster. 1 for an empty block. */
export function boundOf(graph: ConflictGraph): number {
  const total = graph.gas.reduce((sum, gas) => sum + gas, 0);
  return total === 0 ? 1 : total / findCriticalPath(graph).gas;
}
