import type { Run } from './run.ts';

/** Jobs that no node has. Those that differ in nothing that matters stand in one line: when one has no place, none has. */
export type WaitingRuns = {
  readonly size: number;
  /** Jobs that are like this one. */
  alike(run: Run): number;
  add(run: Run): void;
  /** Before all that are like it. */
  addFirst(run: Run): void;
  has(run: Run): boolean;
  /** Offers each line its first job, again and again until `take` says that it stays. */
  each(take: (run: Run) => 'gone' | 'stays'): void;
};

export function createWaitingRuns(): WaitingRuns {
  const lines = new Map<string, Run[]>();
  const waiting = new Set<Run>();

  const enter = (run: Run, isFirst: boolean): void => {
    if (waiting.has(run)) return;
    waiting.add(run);
    const key = lineOf(run);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [run]);
    else if (isFirst) line.unshift(run);
    else line.push(run);
  };

  return {
    get size() {
      return waiting.size;
    },
    alike: (run) => lines.get(lineOf(run))?.length ?? 1,
    add: (run) => enter(run, false),
    addFirst: (run) => enter(run, true),
    has: (run) => waiting.has(run),
    each(take) {
      for (const [key, line] of [...lines]) {
        let taken = 0;
        for (const run of line) {
          if (!run.isOver && take(run) === 'stays') break;
          waiting.delete(run);
          taken += 1;
        }
        if (taken === line.length) lines.delete(key);
        else line.splice(0, taken);
      }
    },
  };
}

/** A job that some nodes are closed to waits by itself. */
function lineOf(run: Run): string {
  if (run.excluded.size > 0 || run.notBefore > 0) return run.id;
  return run.party === undefined ? run.group : `${run.party.name} ${run.group}`;
}
