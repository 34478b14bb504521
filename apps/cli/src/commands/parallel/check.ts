import { resolve } from 'node:path';
import { type BlockReport, checkBudget, reportBlock, type Verdict } from '@millrace/parallel';
import { defineCommand } from '../../command.ts';
import { EXIT } from '../../exit-code.ts';
import { type Budget, readBudget } from '../../parallel/budget-file.ts';
import { compareRuns, figuresOf, lastRunPath, readLastRun, writeLastRun } from '../../parallel/last-run.ts';
import { type ReadingOptions, readingOptions } from '../../parallel/options.ts';
import { readOneBlock } from '../../parallel/read-one-block.ts';
import { startScenario } from '../../parallel/scenario.ts';
import type { Session } from '../../session.ts';
import { UsageError } from '../../usage-error.ts';

export const parallelCheck = defineCommand({
  path: 'parallel check',
  summary: 'Hold a block to the limits of a budget file; ends with 1 when one is broken',
  details:
    'A budget may name a scenario, a command that prepares a chain; otherwise the chain of --rpc is looked at. What changed since the run that --update kept is shown.',
  arguments: { block: { about: 'which block; default: what the budget says, or latest', optional: true } },
  options: {
    ...readingOptions,
    budget: { kind: 'text', value: 'file', about: 'the budget file' },
    update: { kind: 'flag', about: 'keep the figures of this run beside the budget' },
  },
  examples: [
    'parallel check --budget bench/budgets/market.json',
    'parallel check 120 --budget my.json --json',
  ],
  run: async (session, { arguments: { block }, options }) => {
    if (options.budget === undefined) {
      throw new UsageError('Say which budget: --budget <file>.', 'MISSING_ARGUMENT');
    }
    const budget = readBudget(resolve(session.cwd, options.budget));
    const { verdicts, report } = await holdToBudget(session, budget, block, options);
    const figures = figuresOf(report);
    const path = lastRunPath(budget.path);
    const last = readLastRun(path);
    const changes = last ? compareRuns(last, figures) : [];
    if (options.update) writeLastRun(path, figures);
    const holds = verdicts.every((verdict) => verdict.holds);
    return {
      data: { budget: budget.path, holds, verdicts, figures, changes },
      text: render(session, budget, verdicts, changes, last !== undefined),
      exitCode: holds ? EXIT.ok : EXIT.user,
    };
  },
});

async function holdToBudget(
  session: Session,
  budget: Budget,
  block: string | undefined,
  options: ReadingOptions,
): Promise<{ verdicts: Verdict[]; report: BlockReport }> {
  const scenario = budget.scenario && (await startScenario(budget.scenario, budget.folder, session.signal));
  try {
    const settings = scenario
      ? { ...session.settings, rpc: { url: scenario.rpc, from: budget.path } }
      : session.settings;
    const words = (block ?? budget.blocks ?? scenario?.blocks ?? 'latest').split(' ');
    const found = await readOneBlock({ ...session, settings }, words, {
      layout: [...options.layout, ...budget.layouts, ...(scenario?.layouts ?? [])],
      label: [...options.label, ...pairs(scenario?.labels)],
      contract: [...options.contract, ...pairs(scenario?.contracts)],
      source: options.source,
    });
    const report = reportBlock(found.block, found.chain.source, { nameOf: found.nameOf });
    return { verdicts: checkBudget(budget.limits, found.block, report, found.nameOf), report };
  } finally {
    await scenario?.stop();
  }
}

function pairs(names: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(names).map(([address, name]) => `${address}=${name}`);
}

function render(
  { terminal: { colors } }: Session,
  { path, about }: Budget,
  verdicts: readonly Verdict[],
  changes: readonly string[],
  hasLast: boolean,
): string {
  const lines = verdicts.map(
    ({ limit, found, holds }) => `${holds ? colors.green('✓') : colors.red('✗')} ${limit}   (${found})`,
  );
  const since =
    hasLast && changes.length > 0 ? ['', 'Since the last run:', ...changes.map((each) => `  ${each}`)] : [];
  return [about ?? path, ...lines, ...since].join('\n');
}
