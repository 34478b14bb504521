import type { BlockAccess } from '../../access/block-access.ts';
import { buildConflictGraph } from '../../graph/conflict-graph.ts';
import type { NameOf } from '../../name/key-name.ts';
import { RULE_NAMES } from '../../schedule/rules.ts';
import type { BlockReport } from '../block-report.ts';
import { renderEngines } from './engines.ts';
import { renderLanes } from './lanes.ts';
import { bar, escapeHtml, table, thousands, times } from './markup.ts';
import { METHOD } from './method.ts';
import { page } from './page.ts';

const LANES = 16;
const ROWS = 400;

/**
 * A page about one block: lanes of each engine, variables and what each costs, who waited for whom at what, method.
 *
 * @returns a whole HTML document without scripts, that loads nothing
 */
export function renderBlockHtml(block: BlockAccess, report: BlockReport, nameOf: NameOf): string {
  const { number, transactions, gas } = report.block;
  const figures = [
    ['transactions', thousands(transactions)],
    ['gas', thousands(gas)],
    ['at most faster', times(report.bound)],
    ['wait for somebody', `${report.waiting} of ${transactions}`],
    ['longest chain', `${report.criticalPath.steps.length} transactions`],
  ] as const;
  const lanes = transactions === 0 ? '' : renderLanes(block, report, LANES, RULE_NAMES);
  return page(`Block ${number} in parallel`, figures, [
    { id: 'engines', title: 'How fast engines run it', body: renderEngines(report.simulations) },
    {
      id: 'lanes',
      title: `On ${LANES} cores`,
      about:
        'A lane for each core, gas to the right. Point at a transaction to see which it is; follow it to whom it waited for.',
      body: lanes,
    },
    {
      id: 'variables',
      title: 'Where they wait, and what each variable costs',
      about:
        'Bound without: how fast the block could be if this variable were sharded, kept per user, or merged.',
      body: variables(report),
    },
    {
      id: 'sharing',
      title: 'False sharing',
      about: 'Different variables of one slot.',
      body: falseSharing(report),
    },
    { id: 'waits', title: 'Who waited for whom', body: waits(block, nameOf) },
    { id: 'method', title: 'Method and limits', body: METHOD + unseen(report) },
  ]);
}

function variables({ variables: list }: BlockReport): string {
  if (list.length === 0) return '<p>Nobody waits for anybody.</p>';
  const most = list[0]?.waiting ?? 0;
  const rows = list.slice(0, ROWS).map((each) => ({
    cells: [
      `<code>${escapeHtml(each.variable)}</code>`,
      bar(each.waiting, most),
      each.written,
      each.slots,
      each.speedupWithout === null ? '—' : times(each.speedupWithout),
      `<code>${escapeHtml(each.worst.slot)}</code>`,
    ],
  }));
  return table(['variable', 'wait', 'write', 'slots', 'bound without', 'worst slot'], rows, [0, 5]);
}

function falseSharing({ falseSharing: list }: BlockReport): string {
  if (list.length === 0) return '';
  const rows = list.map(({ slot, parts, pairs }) => ({
    cells: [
      `<code>${escapeHtml(slot)}</code>`,
      pairs,
      parts.map(({ label, writers }) => `${escapeHtml(label)} (${writers})`).join(', '),
    ],
  }));
  return table(['slot', 'pairs', 'variables, and who writes them'], rows, [0, 2]);
}

function waits({ transactions }: BlockAccess, nameOf: NameOf): string {
  const { waitsFor } = buildConflictGraph(transactions);
  const rows = transactions.slice(0, ROWS).map(({ index, hash, from, to, selector, gas }) => {
    const edges = waitsFor[index] ?? [];
    const whom = edges.map((edge) => {
      const names = edge.keys.slice(0, 3).map((key) => `<code>${escapeHtml(nameOf(key).text)}</code>`);
      const more = edge.keys.length > 3 ? ` and ${edge.keys.length - 3} more` : '';
      return `<a href="#t${edge.from}">${edge.from}</a> at ${names.join(', ')}${more}`;
    });
    const call = `<code title="${hash}">${hash.slice(0, 10)}</code> ${from.slice(0, 8)}… → ${to === null ? 'new contract' : `${to.slice(0, 8)}…`} ${selector === '0x' ? '' : selector}`;
    return { id: `t${index}`, cells: [index, call, thousands(gas), whom.join('<br>') || '—'] };
  });
  const rest = transactions.length - rows.length;
  return `${table(['', 'transaction', 'gas', 'waited for'], rows, [1, 3])}${rest > 0 ? `<p class="about">${rest} more are in the JSON report.</p>` : ''}`;
}

function unseen({ source }: BlockReport): string {
  const sentences = source.unseen.map((each) => `<li>${escapeHtml(each)}</li>`).join('');
  return `<p>Read with <code>${escapeHtml(source.name)}</code>.</p>${sentences ? `<p>Not seen by it:</p><ul>${sentences}</ul>` : ''}`;
}
