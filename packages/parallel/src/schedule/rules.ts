import { ParallelError } from '../errors.ts';
import { buildConflictGraph, predecessorsOf } from '../graph/conflict-graph.ts';
import { blockStm } from './block-stm.ts';
import { listSchedule } from './list-schedule.ts';
import { monad } from './monad.ts';
import type { Scheduler } from './schedule.ts';
import { seiV2 } from './sei.ts';

/** All conflicts known beforehand: what no engine reaches, and the yardstick for all. */
const ideal: Scheduler = (transactions, cores) => {
  const graph = buildConflictGraph(transactions);
  return listSchedule(graph.gas, predecessorsOf(graph), cores);
};

/** How engines decide what may run side by side. */
export const SCHEDULERS = {
  ideal,
  monad,
  'sei-v2': seiV2,
  'block-stm': blockStm,
} as const satisfies Record<string, Scheduler>;

export type RuleName = keyof typeof SCHEDULERS;

export const RULE_NAMES = Object.keys(SCHEDULERS) as readonly RuleName[];

/** @throws {@link ParallelError} `UNKNOWN_RULE` */
export function parseRuleName(text: string): RuleName {
  if (Object.hasOwn(SCHEDULERS, text)) return text as RuleName;
  throw new ParallelError(`There is no rule "${text}".`, {
    code: 'UNKNOWN_RULE',
    fault: 'user',
    hint: `Choose one of ${RULE_NAMES.join(', ')}.`,
  });
}
