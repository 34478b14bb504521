import {
  type BlockAccess,
  boundOf,
  buildConflictGraph,
  type NameOf,
  RULE_NAMES,
  type RuleName,
  reportBlock,
  STRICT,
  simulate,
} from '@millrace/parallel';

const CORES = [4, 16, 64] as const;
const HOT_VARIABLES = 5;

/** Speed-ups by number of cores. */
type BySpeed = Record<(typeof CORES)[number], number>;

/** What a block costs and how fast it could run. */
export type BlockFigures = {
  gasPerTx: number;
  /** Gas of the block over that of its heaviest chain. */
  max: number;
  criticalGas: number;
  /** Transactions that wait for somebody. */
  waiting: number;
  /** `max` when any store counts, changed or not, and no balance is merged. */
  strictMax: number;
  rules: Record<RuleName, BySpeed>;
  /** Where most wait. */
  hot: { variable: string; waiting: number; written: number; slots: number }[];
  /** Of the slots at which somebody waits, how many have a name. */
  named: { keys: number; ofKeys: number };
};

export function figuresOf(block: BlockAccess, nameOf: NameOf): BlockFigures {
  const source = { name: 'trace_replayBlockTransactions', unseen: [] } as const;
  const report = reportBlock(block, source, { nameOf, cores: [], rules: [] });
  return {
    gasPerTx: Math.round(report.block.gas / report.block.transactions),
    max: report.bound,
    criticalGas: report.criticalPath.gas,
    waiting: report.waiting,
    strictMax: boundOf(buildConflictGraph(block.transactions, STRICT)),
    rules: Object.fromEntries(
      RULE_NAMES.map((rule) => [rule, speedsOf(block, rule)]),
    ) as BlockFigures['rules'],
    hot: report.variables
      .slice(0, HOT_VARIABLES)
      .map(({ variable, waiting, written, slots }) => ({ variable, waiting, written, slots })),
    named: report.named,
  };
}

function speedsOf(block: BlockAccess, rule: RuleName): BySpeed {
  const found = simulate(block, { cores: CORES, rules: [rule] });
  return Object.fromEntries(found.map(({ cores, speedup }) => [cores, speedup])) as BySpeed;
}
