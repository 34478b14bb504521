import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import { ParallelError } from '../errors.ts';
import { buildConflictGraph, type ConflictGraph } from '../graph/conflict-graph.ts';
import { FORGIVING } from '../graph/conflict-rule.ts';
import { boundOf } from '../graph/critical-path.ts';
import { findHotKeys } from '../graph/hot-keys.ts';
import type { NameOf } from '../name/key-name.ts';

/** Bound of the speed-up if nobody met at these keys. */
export function boundWithout(
  transactions: readonly TransactionAccess[],
  keys: ReadonlySet<StateKey>,
): number {
  return boundOf(buildConflictGraph(transactions, { ...FORGIVING, ignores: (key) => keys.has(key) }));
}

/**
 * Keys of the variables that somebody asks about, of those at which transactions wait.
 *
 * @param patterns names as a report gives them; the contract may be left out, and `*` stands for anything
 * @throws {@link ParallelError} `UNKNOWN_VARIABLE`, with the names there are
 */
export function findVariableKeys(
  graph: ConflictGraph,
  nameOf: NameOf,
  patterns: readonly string[],
): Set<StateKey> {
  const found = patterns.map((pattern) => {
    const keys = matchVariableKeys(graph, nameOf, pattern);
    if (keys.size === 0) throw unknown(pattern, graph, nameOf);
    return keys;
  });
  return new Set(found.flatMap((keys) => [...keys]));
}

/** The same for one pattern, empty when nobody waits at such a variable. */
export function matchVariableKeys(graph: ConflictGraph, nameOf: NameOf, pattern: string): Set<StateKey> {
  const matching = findHotKeys(graph).filter(({ key }) => {
    const { variable, text, contract } = nameOf(key);
    const names = [variable, text, withoutContract(variable, contract), withoutContract(text, contract)];
    return names.some((name) => matches(name, pattern));
  });
  return new Set(matching.map(({ key }) => key));
}

function withoutContract(name: string, contract: string): string {
  return name.startsWith(`${contract}.`) ? name.slice(contract.length + 1) : name;
}

function matches(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length > 1 && new RegExp(`^${escaped.join('.*')}$`).test(name);
}

function unknown(pattern: string, graph: ConflictGraph, nameOf: NameOf): ParallelError {
  const names = [...new Set(findHotKeys(graph).map(({ key }) => nameOf(key).variable))].slice(0, 8);
  return new ParallelError(`Nobody waits at a variable called "${pattern}".`, {
    code: 'UNKNOWN_VARIABLE',
    fault: 'user',
    hint:
      names.length === 0
        ? 'Nobody waits for anybody in this block.'
        : `Those at which somebody waits: ${names.join(', ')}.`,
    details: { pattern },
  });
}
