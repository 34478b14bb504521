import type { BlockFigures } from './block-figures.ts';

const COMMAND = 'npm run bench -- conflicts';

/** Numbers for programs: gas a transaction, and speed-ups rounded to hundredths. */
export function summariseConflicts({ gasPerTx, max, rules }: BlockFigures): Record<string, number> {
  const { 4: four, 16: sixteen, 64: all } = rules.ideal;
  return { gasPerTx, max: round(max), '4': round(four), '16': round(sixteen), '64': round(all) };
}

export function renderConflicts(reports: Readonly<Record<string, BlockFigures>>): string {
  const entries = Object.entries(reports);
  const rows = entries.map(([name, { gasPerTx, max, criticalGas, waiting, strictMax, rules }]) => {
    const speeds = [max, rules.ideal[4], rules.ideal[16], rules.ideal[64], strictMax];
    return row([name, gasPerTx, criticalGas, waiting, ...speeds.map(fixed)]);
  });
  const engines = entries.map(
    ([
      name,
      {
        rules: { monad, 'sei-v2': sei, 'block-stm': stm },
      },
    ]) =>
      row([name, ...[monad, sei, stm].flatMap((speeds) => [speeds[4], speeds[16], speeds[64]]).map(fixed)]),
  );
  const hot = entries.map(([name, { hot: list, named }]) => {
    const words = list.map(({ variable, waiting, slots }) => `\`${variable}\` (${waiting} at ${slots})`);
    return row([name, words.join(', ') || '–', `${named.keys} of ${named.ofKeys}`]);
  });
  return [
    '# Conflicts',
    `How much faster than one after the other a block of 200 users of one market runs. Written by \`${COMMAND} --update\`; \`${COMMAND}\` measures and prints it, all protocols in one run.`,
    '50 supply, 50 borrow, 50 repay and 50 withdraw 300 each, in a fixed shuffle, an hour after the block before; the same users, tokens and order for every protocol. A transaction waits for whoever last changed a slot that it reads or writes. `max` is the bound of a perfect scheduler: total gas over the gas of the heaviest chain; then list scheduling on 4, 16 and 64 cores. `strict` counts any store as a write, changed or not, and merges no balances. Measured with `packages/parallel`.',
    '`aave-v3` is Aave v3.0.2 (`@aave/core-v3` 1.19.3), `morpho-blue` is Morpho Blue 1.0.0 with the rate model of its own tests; both settle their totals in every operation, so each of the 200 waits for the one before. `erc20` is the ideal: 200 transfers of one token between 400 users who meet nobody.',
    '**The figures of Millrace depend on where the cash is.** The set-up leaves all cash of the first lender in one till. A keeper spreads it over all tills by `rebalance`, which is open to anyone: 63 calls in 6 blocks for 64 tills, before the block and not part of its gas. `unspread` is the same block without that step, so borrowers meet at the one till that can pay, and planning does not help. Peers have no such step.',
    '`millrace-64`, `-16` and `-1` have that many stripes; the last settles at every new timestamp. `hash`: no route is given. `sdk`: stripes are planned by the SDK for all of them (`planStripes`); `in turn`: for each, knowing those before it (`createStripePlanner`). `millrace-1` is by hash.',
    `| market | gas a transaction | critical path, gas | transactions that wait | max | 4 cores | 16 | 64 | strict max |\n|---|${'---:|'.repeat(8)}\n${rows.join('\n')}`,
    '## Engines',
    'The same blocks under the rules of engines that speculate ([what each does](../../docs/build/parallel.md)): on 4, 16 and 64 cores. They find conflicts by running into them, so they reach less than `max`.',
    `| market | Monad, 4 | 16 | 64 | Sei v2, 4 | 16 | 64 | Block-STM, 4 | 16 | 64 |\n|---|${'---:|'.repeat(9)}\n${engines.join('\n')}`,
    '## Where they wait',
    'Variables at which most transactions wait, how many do, and at how many slots of it; then how many of the slots have a name.',
    `| market | waiting at | named |\n|---|---|---:|\n${hot.join('\n')}`,
  ].join('\n\n');
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function fixed(speed: number): string {
  return speed.toFixed(2);
}

function round(speed: number): number {
  return Math.round(speed * 100) / 100;
}
