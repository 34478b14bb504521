import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { BlockReport } from '@millrace/parallel';
import { z } from 'zod';

const figuresSchema = z.object({
  transactions: z.number(),
  gasPerTransaction: z.number(),
  bound: z.number(),
  waiting: z.number(),
  variables: z.record(z.string(), z.number()),
});

/** What of a run is kept to compare the next with. `variables`: how many transactions wait at each. */
export type Figures = z.infer<typeof figuresSchema>;

export function figuresOf({ block, bound, waiting, variables }: BlockReport): Figures {
  return {
    transactions: block.transactions,
    gasPerTransaction: block.transactions === 0 ? 0 : Math.round(block.gas / block.transactions),
    bound: Math.round(bound * 100) / 100,
    waiting,
    variables: Object.fromEntries(variables.map((each) => [each.variable, each.waiting])),
  };
}

/** Beside `market.json` lies `market.last.json`. */
export function lastRunPath(budgetPath: string): string {
  return budgetPath.replace(/(\.json)?$/, '.last.json');
}

/** What was kept; `undefined` when nothing was, or what is there is something else. */
export function readLastRun(path: string): Figures | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return figuresSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export function writeLastRun(path: string, figures: Figures): void {
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
}

/** What changed since, a line each. */
export function compareRuns(last: Figures, now: Figures): string[] {
  const plain = (['transactions', 'gasPerTransaction', 'bound', 'waiting'] as const).flatMap((name) =>
    last[name] === now[name] ? [] : [`${name}: ${last[name]} → ${now[name]}`],
  );
  const names = new Set([...Object.keys(last.variables), ...Object.keys(now.variables)]);
  const variables = [...names].flatMap((name) => {
    const [before, after] = [last.variables[name] ?? 0, now.variables[name] ?? 0];
    return before === after ? [] : [`wait at ${name}: ${before} → ${after}`];
  });
  return [...plain, ...variables];
}
