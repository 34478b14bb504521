import type { RangeReport } from '../range-report.ts';
import { renderEngines } from './engines.ts';
import { bar, escapeHtml, table, thousands, times } from './markup.ts';
import { METHOD } from './method.ts';
import { page } from './page.ts';

const ROWS = 1000;

/** A page about many blocks: totals, engines, variables, a line for each block, method. */
export function renderRangeHtml(report: RangeReport): string {
  const { blocks, transactions, gas, bound, waiting } = report;
  const [first, last] = [blocks[0]?.number ?? '—', blocks.at(-1)?.number ?? '—'];
  const figures = [
    ['blocks', thousands(blocks.length)],
    ['transactions', thousands(transactions)],
    ['gas', thousands(gas)],
    ['at most faster', times(bound)],
    ['wait for somebody', `${waiting} of ${transactions}`],
  ] as const;
  const mostWaiting = report.variables[0]?.waiting ?? 0;
  const variables = report.variables.map((each) => ({
    cells: [
      `<code>${escapeHtml(each.variable)}</code>`,
      bar(each.waiting, mostWaiting),
      each.written,
      each.blocks,
    ],
  }));
  const lines = blocks.slice(0, ROWS).map((each) => ({
    cells: [
      each.number,
      each.transactions,
      thousands(each.gas),
      times(each.bound),
      each.waiting,
      each.worst === null ? '—' : `<code>${escapeHtml(each.worst)}</code>`,
    ],
  }));
  const partial = report.isPartial ? 'Stopped before the end: this is what had been read.' : undefined;
  return page(`Blocks ${first} to ${last} in parallel`, figures, [
    {
      id: 'engines',
      title: 'How fast engines run them',
      ...(partial && { about: partial }),
      body: renderEngines(report.simulations),
    },
    {
      id: 'variables',
      title: 'Where they wait',
      body: table(['variable', 'wait', 'write', 'in blocks'], variables),
    },
    {
      id: 'blocks',
      title: 'Block by block',
      body: table(['block', 'transactions', 'gas', 'bound', 'wait', 'worst variable'], lines, [0, 5]),
    },
    { id: 'method', title: 'Method and limits', body: METHOD },
  ]);
}
