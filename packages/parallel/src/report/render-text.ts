import type { BlockReport } from './block-report.ts';
import type { RangeReport } from './range-report.ts';
import { renderColumns } from './render-columns.ts';

const VARIABLES_SHOWN = 12;
const STEPS_SHOWN = 4;

/** A report of one block for people: plain text, about forty lines. */
export function renderBlockText(report: BlockReport): string {
  const { block, bound, waiting, criticalPath } = report;
  if (block.transactions === 0) return `Block ${block.number} is empty.`;
  return [
    `Block ${block.number}: ${count(block.transactions, 'transaction')}, ${gas(block.gas)} gas`,
    waiting === 0
      ? 'Nobody waits for anybody: all could run at once.'
      : `Speed-up of at most ${times(bound)}; ${waiting} of ${block.transactions} wait for somebody.`,
    renderSimulations(report.simulations),
    variables(report),
    falseSharing(report),
    path(criticalPath),
    environment(report),
    unseen(report.source),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A report of many blocks for people: totals, engines, the variables at which most wait, a line for the worst blocks. */
export function renderRangeText(report: RangeReport): string {
  const { blocks, bound, waiting, transactions } = report;
  const first = blocks[0]?.number ?? '—';
  const last = blocks.at(-1)?.number ?? '—';
  const partial = report.isPartial ? ' (stopped before the end: this is what had been read)' : '';
  const slowest = [...blocks].sort((a, b) => a.bound - b.bound).slice(0, VARIABLES_SHOWN);
  return [
    `Blocks ${first} to ${last}${partial}: ${count(blocks.length, 'block')}, ${count(transactions, 'transaction')}, ${gas(report.gas)} gas`,
    `Speed-up of at most ${times(bound)}; ${waiting} of ${transactions} wait for somebody.`,
    renderSimulations(report.simulations),
    report.variables.length === 0
      ? ''
      : `Where they wait\n${renderColumns(
          ['variable', 'wait', 'write', 'in blocks'],
          report.variables
            .slice(0, VARIABLES_SHOWN)
            .map((each) => [each.variable, each.waiting, each.written, each.blocks]),
        )}`,
    `Blocks that gain least\n${renderColumns(
      ['block', 'transactions', 'bound', 'worst variable'],
      slowest.map((each) => [each.number, each.transactions, times(each.bound), each.worst ?? '—']),
      [0, 3],
    )}`,
    unseen(report.source),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** One row for each rule, one column for each number of cores. */
export function renderSimulations(list: BlockReport['simulations']): string {
  const cores = [...new Set(list.map((each) => each.cores))];
  const rules = [...new Set(list.map(({ rule }) => rule))];
  if (list.length === 0) return '';
  const rows = rules.map((rule) => [
    rule,
    ...cores.map((many) => {
      const found = list.find((each) => each.rule === rule && each.cores === many);
      if (!found) return '—';
      return found.reruns === 0
        ? times(found.speedup)
        : `${times(found.speedup)} (${found.reruns} run again)`;
    }),
  ]);
  const heads = cores.map((many) => `${many} core${many === 1 ? '' : 's'}`);
  return `How much faster, by engine\n${renderColumns(['rule', ...heads], rows)}`;
}

function variables({ variables: list, block, named }: BlockReport): string {
  if (list.length === 0) return '';
  const rows = list
    .slice(0, VARIABLES_SHOWN)
    .map((each) => [
      each.variable,
      each.waiting,
      each.written,
      each.slots,
      each.speedupWithout === null ? '—' : times(each.speedupWithout),
      `${each.worst.slot} (${each.worst.written} of ${block.transactions} write it)`,
    ]);
  const rest = list.length > rows.length ? `\n… and ${list.length - rows.length} more` : '';
  const unnamed =
    named.keys < named.ofKeys
      ? `\n${named.ofKeys - named.keys} of ${named.ofKeys} slots have no name: give their storage layout with --layout.`
      : '';
  const heads = ['variable', 'wait', 'write', 'slots', 'bound without', 'worst slot'];
  return `Where they wait\n${renderColumns(heads, rows, [0, 5])}${rest}${unnamed}`;
}

function falseSharing({ falseSharing: list }: BlockReport): string {
  if (list.length === 0) return '';
  const lines = list.slice(0, 5).map(({ slot, parts, pairs }) => {
    const who = parts.map(({ label, writers }) => `${label} (${writers})`).join(', ');
    return `  ${slot}: ${count(pairs, 'pair')} change different variables of one slot: ${who}`;
  });
  return `False sharing\n${lines.join('\n')}`;
}

function path({ gas: total, steps }: BlockReport['criticalPath']): string {
  if (steps.length < 2) return '';
  const shown = steps.length <= STEPS_SHOWN ? steps : steps.slice(-STEPS_SHOWN);
  const lines = shown.map(({ index, gas: own, waitedFor }) => {
    const why = waitedFor
      ? ` after ${waitedFor.index}, both at ${waitedFor.at.slice(0, 2).join(' and ')}${waitedFor.at.length > 2 ? ` and ${waitedFor.at.length - 2} more` : ''}`
      : '';
    return `  transaction ${index} (${gas(own)})${why}`;
  });
  const skipped = steps.length > shown.length ? `  … ${steps.length - shown.length} before\n` : '';
  return `The longest chain: ${count(steps.length, 'transaction')}, ${gas(total)} gas\n${skipped}${lines.join('\n')}`;
}

function environment({ environment: list, block }: BlockReport): string {
  const timed = list.filter(({ field }) => field !== 'BLOCKHASH');
  if (timed.length === 0) return '';
  const who = timed.map(({ field, transactions }) => `${field} (${transactions})`).join(', ');
  return `Asked about the block, of ${block.transactions}: ${who}. On MegaETH such a transaction may burn 20 M gas more, no further.`;
}

function unseen({ name, unseen: list }: BlockReport['source']): string {
  return [`Read with ${name}.`, ...list.map((sentence) => `Not seen: ${sentence}`)].join('\n');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

function gas(amount: number): string {
  return amount.toLocaleString('en-US');
}

/** Rounded down, so that nothing is promised: `28.2×`. */
function times(speedup: number): string {
  return `${(Math.floor(speedup * 10 + 1e-9) / 10).toFixed(1)}×`;
}
