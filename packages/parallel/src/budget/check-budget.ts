import type { BlockAccess } from '../access/block-access.ts';
import { buildConflictGraph } from '../graph/conflict-graph.ts';
import type { NameOf } from '../name/key-name.ts';
import { type BlockReport, simulate } from '../report/block-report.ts';
import { matchVariableKeys } from '../report/what-if.ts';
import type { Limit } from './limit.ts';

/** A promise, what was found, and whether it holds. */
export type Verdict = { limit: string; found: string; holds: boolean };

/** Holds a block to its promises, all of them, in their order. Pure. */
export function checkBudget(
  limits: readonly Limit[],
  block: BlockAccess,
  report: BlockReport,
  nameOf: NameOf,
): Verdict[] {
  return limits.map((limit) => ({ limit: limit.text, ...judge(limit, block, report, nameOf) }));
}

function judge(
  limit: Limit,
  block: BlockAccess,
  report: BlockReport,
  nameOf: NameOf,
): Omit<Verdict, 'limit'> {
  const count = report.block.transactions;
  switch (limit.kind) {
    case 'speedup': {
      const speedup = speedupOf(limit, block, report);
      return { found: speedup.toFixed(2), holds: speedup >= limit.least };
    }
    case 'waiting': {
      const percent = share(report.waiting, count);
      return {
        found: `${report.waiting} of ${count} wait${worst(report)}`,
        holds: percent <= limit.mostPercent,
      };
    }
    case 'written': {
      const { slot, written } = mostWritten(block, nameOf);
      const percent = share(written, count);
      return { found: `${slot} by ${percent.toFixed(1)} %`, holds: percent <= limit.mostPercent };
    }
    case 'noConflictAt': {
      const waiting = waitingAt(limit.pattern, block, nameOf);
      return { found: `${waiting} wait there`, holds: waiting === 0 };
    }
    case 'gas': {
      const gas = count === 0 ? 0 : report.block.gas / count;
      return { found: String(Math.round(gas)), holds: gas <= limit.most };
    }
    case 'named': {
      const { keys, ofKeys } = report.named;
      const percent = ofKeys === 0 ? 100 : (100 * keys) / ofKeys;
      return { found: `${keys} of ${ofKeys}`, holds: percent >= limit.leastPercent };
    }
  }
}

function speedupOf(
  { cores, rule }: Extract<Limit, { kind: 'speedup' }>,
  block: BlockAccess,
  report: BlockReport,
): number {
  if (cores === undefined && rule === 'ideal') return report.bound;
  const [found] = simulate(block, { cores: [cores ?? block.transactions.length], rules: [rule] });
  return found?.speedup ?? 1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function worst({ variables }: BlockReport): string {
  return variables[0] ? `, most at ${variables[0].variable}` : '';
}

/** The slot, balance or nonce that most transactions of the block change. */
function mostWritten({ transactions }: BlockAccess, nameOf: NameOf): { slot: string; written: number } {
  const { footprints } = buildConflictGraph(transactions);
  const counts = new Map<Parameters<NameOf>[0], number>();
  for (const { writes } of footprints) for (const key of writes) counts.set(key, (counts.get(key) ?? 0) + 1);
  let most: { key: Parameters<NameOf>[0]; written: number } | undefined;
  for (const [key, written] of counts) if (!most || written > most.written) most = { key, written };
  return most ? { slot: nameOf(most.key).text, written: most.written } : { slot: 'nothing', written: 0 };
}

function waitingAt(pattern: string, { transactions }: BlockAccess, nameOf: NameOf): number {
  const graph = buildConflictGraph(transactions);
  const keys = matchVariableKeys(graph, nameOf, pattern);
  const waiting = graph.edges.filter((edge) => edge.keys.some((key) => keys.has(key))).map(({ to }) => to);
  return new Set(waiting).size;
}
