import { type Assignment, isOutgoing, type PlannedOperation, WEIGHTS } from './operation.ts';
import { type CreateStripePlannerParameters, createStripePlanner } from './stripe-planner.ts';

export type PlanStripesParameters = CreateStripePlannerParameters & {
  operations: readonly PlannedOperation[];
};
/** In the order of the operations. */
export type PlanStripesReturnType = Assignment[];

/**
 * Stripes for operations that are sent together. Money that leaves is placed first, as not every till holds it, the
 * largest amounts before the others; then the heaviest of the rest.
 */
export function planStripes({ operations, ...market }: PlanStripesParameters): PlanStripesReturnType {
  const planner = createStripePlanner(market);
  const order = [...operations.keys()].sort((a, b) => rank(operations[a], operations[b]) || a - b);
  const assignments: Assignment[] = [];
  for (const i of order) {
    const operation = operations[i];
    if (operation) assignments[i] = planner.assign(operation);
  }
  return assignments;
}

function rank(a: PlannedOperation | undefined, b: PlannedOperation | undefined): number {
  if (!a || !b) return 0;
  if (isOutgoing(a) !== isOutgoing(b)) return isOutgoing(a) ? -1 : 1;
  if (isOutgoing(a) && a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
  return WEIGHTS[b.kind] - WEIGHTS[a.kind];
}
