import type { BlockAccess, EnvironmentField } from '../access/block-access.ts';
import { buildConflictGraph, type ConflictGraph } from '../graph/conflict-graph.ts';
import { boundOf, type CriticalPath, findCriticalPath } from '../graph/critical-path.ts';
import { findHotKeys } from '../graph/hot-keys.ts';
import type { NameOf } from '../name/key-name.ts';
import { type RuleName, SCHEDULERS } from '../schedule/rules.ts';
import type { AccessSource } from '../source/access-source.ts';
import { type FalseSharing, findFalseSharing } from './false-sharing.ts';
import { findHotVariables, type HotVariable } from './hot-variables.ts';

/** How fast one engine would have run the block on so many cores. */
export type Simulation = {
  rule: RuleName;
  cores: number;
  /** Gas of the block over `makespan`. */
  speedup: number;
  /** Gas until the last transaction is done. */
  makespan: number;
  /** Executions that were thrown away. */
  reruns: number;
};

/** A link of the heaviest chain. */
export type PathStep = {
  index: number;
  hash: string;
  gas: number;
  /** Whom it waited for, and the names of what they met at. `null` for the first. */
  waitedFor: { index: number; at: readonly string[] } | null;
};

/** What was found out about one block. Plain data. */
export type BlockReport = {
  version: 1;
  block: { number: string; hash: string; timestamp: number; transactions: number; gas: number };
  source: { name: AccessSource['name']; unseen: readonly string[] };
  /** Gas of the block over the gas of its heaviest chain: the most that any scheduler reaches with any number of cores. */
  bound: number;
  criticalPath: { gas: number; steps: readonly PathStep[] };
  /** Transactions that wait for somebody. */
  waiting: number;
  simulations: readonly Simulation[];
  variables: readonly HotVariable[];
  falseSharing: readonly FalseSharing[];
  /** What transactions asked about their block, and how many did. */
  environment: readonly { field: EnvironmentField; transactions: number }[];
  /** Of the keys at which somebody waits, how many could be named. */
  named: { keys: number; ofKeys: number };
};

export type AnalyzeOptions = {
  nameOf: NameOf;
  /** Default: 4, 16, 64. */
  cores?: readonly number[];
  /** Default: all. */
  rules?: readonly RuleName[];
};

const DEFAULT_CORES = [4, 16, 64];

/** Everything that is known about a block, from what its transactions touched. Pure. */
export function reportBlock(
  block: BlockAccess,
  source: Pick<AccessSource, 'name' | 'unseen'>,
  options: AnalyzeOptions,
): BlockReport {
  const { transactions } = block;
  const graph = buildConflictGraph(transactions);
  const gas = graph.gas.reduce((sum, each) => sum + each, 0);
  const path = findCriticalPath(graph);
  return {
    version: 1,
    block: {
      number: String(block.number),
      hash: block.hash,
      timestamp: Number(block.timestamp),
      transactions: transactions.length,
      gas,
    },
    source: { name: source.name, unseen: source.unseen },
    bound: boundOf(graph),
    criticalPath: { gas: path.gas, steps: describePath(path, block, options.nameOf) },
    waiting: graph.waitsFor.filter((edges) => edges.length > 0).length,
    simulations: simulate(block, options),
    variables: findHotVariables(transactions, graph, options.nameOf),
    falseSharing: findFalseSharing(transactions, graph, options.nameOf),
    environment: countEnvironment(block),
    named: countNamed(graph, options.nameOf),
  };
}

/** One {@link Simulation} for each rule and number of cores. */
export function simulate(
  { transactions }: BlockAccess,
  { cores = DEFAULT_CORES, rules = Object.keys(SCHEDULERS) as RuleName[] }: Omit<AnalyzeOptions, 'nameOf'>,
): Simulation[] {
  const gas = transactions.reduce((sum, each) => sum + each.gas, 0);
  return rules.flatMap((rule) =>
    cores.map((count) => {
      const { makespan, reruns } = SCHEDULERS[rule](transactions, count);
      return { rule, cores: count, speedup: makespan === 0 ? 1 : gas / makespan, makespan, reruns };
    }),
  );
}

function describePath({ steps }: CriticalPath, { transactions }: BlockAccess, nameOf: NameOf): PathStep[] {
  return steps.map(({ index, waitedFor }) => ({
    index,
    hash: transactions[index]?.hash ?? '0x',
    gas: transactions[index]?.gas ?? 0,
    waitedFor: waitedFor
      ? { index: waitedFor.from, at: waitedFor.keys.map((key) => nameOf(key).text) }
      : null,
  }));
}

function countEnvironment({ transactions }: BlockAccess): BlockReport['environment'] {
  const counts = new Map<EnvironmentField, number>();
  for (const { environment } of transactions) {
    for (const field of environment.keys()) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return [...counts]
    .map(([field, count]) => ({ field, transactions: count }))
    .sort((a, b) => b.transactions - a.transactions);
}

function countNamed(graph: ConflictGraph, nameOf: NameOf): BlockReport['named'] {
  const keys = findHotKeys(graph);
  return { keys: keys.filter(({ key }) => nameOf(key).isNamed).length, ofKeys: keys.length };
}
