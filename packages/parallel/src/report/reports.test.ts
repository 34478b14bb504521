import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { sketchBlock, slot } from '../../test/sketch-block.ts';
import type { BlockAccess, TransactionAccess } from '../access/block-access.ts';
import { parseStateKey, type StateKey } from '../access/state-key.ts';
import { checkBudget } from '../budget/check-budget.ts';
import { parseLimit } from '../budget/limit.ts';
import { ParallelError } from '../errors.ts';
import { buildConflictGraph } from '../graph/conflict-graph.ts';
import type { NameOf } from '../name/key-name.ts';
import { type BlockReport, reportBlock } from './block-report.ts';
import { renderBlockHtml } from './html/render-block-html.ts';
import { renderRangeHtml } from './html/render-range-html.ts';
import { type RangeReport, RangeTotals } from './range-report.ts';
import { renderBlockText, renderRangeText } from './render-text.ts';
import { blockReportSchema, rangeReportSchema } from './report-schema.ts';
import { boundWithout, findVariableKeys } from './what-if.ts';

const SOURCE = { name: 'trace_replayBlockTransactions', unseen: ['<nothing> & more'] } as const;

/** Slot 0 is `total`, slot 1 holds `rate` and `fee`, the others are balances. */
const nameOf: NameOf = (key) => {
  const parts = parseStateKey(key);
  const number = parts.field === 'storage' ? Number(parts.slot) : 0;
  const words = ['total', 'rate+fee'][number];
  const packed = [
    { label: 'rate', offset: 0, bytes: 16 },
    { label: 'fee', offset: 16, bytes: 16 },
  ];
  return {
    contract: 'Bank',
    text: words ? `Bank.${words}` : `Bank.balances[<${number}>]`,
    variable: words ? `Bank.${words}` : 'Bank.balances[*]',
    parts: number === 1 ? packed : [],
    isNamed: true,
  };
};

function asBlock(transactions: TransactionAccess[], number = 7n): BlockAccess {
  return {
    number,
    hash: '0x07',
    timestamp: 1_000n,
    coinbase: '0x00000000000000000000000000000000000000fe',
    transactions,
  };
}

const counters = asBlock(
  sketchBlock(Array.from({ length: 10 }, (_, k) => ({ gas: 100, writes: [slot(0), slot(10 + k)] }))),
);
const report = reportBlock(counters, SOURCE, { nameOf });

describe('the report of a block', () => {
  it('names the variable that serialises it, and what its removal would bring', () => {
    expect(report.bound).toBe(1);
    expect(report.waiting).toBe(9);
    expect(report.variables).toEqual([
      {
        variable: 'Bank.total',
        isNamed: true,
        slots: 1,
        waiting: 9,
        written: 10,
        worst: { slot: 'Bank.total', waiting: 9, written: 10 },
        speedupWithout: 10,
      },
    ]);
    expect(report.criticalPath.steps).toHaveLength(10);
    expect(report.criticalPath.steps[3]?.waitedFor).toEqual({ index: 2, at: ['Bank.total'] });
    expect(report.named).toEqual({ keys: 1, ofKeys: 1 });
  });

  it('survives JSON unchanged, and is what its schema says', () => {
    const read = JSON.parse(JSON.stringify(report));
    expect(blockReportSchema.parse(read)).toEqual(report);
    expect(() => blockReportSchema.parse({ ...read, more: 1 })).toThrow();
    expectTypeOf<BlockReport>().toExtend<z.infer<typeof blockReportSchema>>();
    expectTypeOf<z.infer<typeof rangeReportSchema>>().toExtend<RangeReport>();
    expect(z.toJSONSchema(blockReportSchema)).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('finds false sharing, and only where variables of one slot differ', () => {
    const change = (before: bigint, after: bigint) =>
      new Map([[slot(1), { before: `0x${before.toString(16)}`, after: `0x${after.toString(16)}` } as const]]);
    const fee = 1n << 128n;
    const shared = asBlock(sketchBlock([{ writes: change(0n, 1n) }, { writes: change(1n, 1n + fee) }]));
    const same = asBlock(sketchBlock([{ writes: change(0n, 1n) }, { writes: change(1n, 2n) }]));
    expect(reportBlock(shared, SOURCE, { nameOf }).falseSharing).toEqual([
      {
        slot: 'Bank.rate+fee',
        variable: 'Bank.rate+fee',
        parts: [
          { label: 'rate', writers: 1 },
          { label: 'fee', writers: 1 },
        ],
        pairs: 1,
      },
    ]);
    expect(reportBlock(same, SOURCE, { nameOf }).falseSharing).toEqual([]);
  });

  it('of an empty block says so', () => {
    const empty = reportBlock(asBlock([]), SOURCE, { nameOf });
    expect(empty.bound).toBe(1);
    expect(renderBlockText(empty)).toBe('Block 7 is empty.');
    expect(renderBlockHtml(asBlock([]), empty, nameOf)).toContain('<html');
  });
});

describe('text', () => {
  it('tells the bound, the variable and what the source cannot see', () => {
    const text = renderBlockText(report);
    expect(text).toContain('Speed-up of at most 1.0×; 9 of 10 wait for somebody.');
    expect(text).toMatch(/Bank\.total +9 +10 +1 +10\.0×/);
    expect(text).toContain('Not seen: <nothing> & more');
    expect(text).not.toMatch(/undefined|NaN/);
  });
});

describe('the page', () => {
  const html = renderBlockHtml(counters, report, nameOf);

  it('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|src=|@import|url\(/i);
    expect(html).toContain("default-src 'none'");
  });

  it('escapes what comes from the chain', () => {
    expect(html).toContain('&#60;nothing&#62; &#38; more');
    const evil: NameOf = (key: StateKey) => ({
      ...nameOf(key),
      text: '<img onerror=x>',
      variable: '<img onerror=x>',
    });
    expect(renderBlockHtml(counters, reportBlock(counters, SOURCE, { nameOf: evil }), evil)).not.toContain(
      '<img',
    );
  });

  it('has a lane drawing for each engine and a row for each transaction', () => {
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html.match(/id="t\d+"/g)).toHaveLength(10);
    expect(html).toContain('<a href="#t8">8</a> at <code>Bank.total</code>');
  });
});

describe('a range', () => {
  const quiet = asBlock(sketchBlock([{ writes: [slot(20)] }, { writes: [slot(21)] }]), 8n);
  const totals = new RangeTotals(SOURCE);
  for (const block of [counters, quiet]) totals.add(reportBlock(block, SOURCE, { nameOf }));

  it('adds up gas, chains and waits', () => {
    const range = totals.report();
    expect(rangeReportSchema.parse(JSON.parse(JSON.stringify(range)))).toEqual(range);
    expect(range).toMatchObject({ transactions: 12, gas: 1200, waiting: 9, isPartial: false });
    expect(range.bound).toBeCloseTo(1200 / 1100);
    expect(range.variables).toEqual([
      { variable: 'Bank.total', isNamed: true, waiting: 9, written: 10, blocks: 1 },
    ]);
    expect(range.blocks.map(({ number, bound, worst }) => [number, bound, worst])).toEqual([
      ['7', 1, 'Bank.total'],
      ['8', 2, null],
    ]);
  });

  it('says when it was stopped before its end', () => {
    expect(renderRangeText(totals.report(true))).toContain('stopped before the end');
    expect(renderRangeHtml(totals.report(true))).toContain('Stopped before the end');
    expect(renderRangeText(totals.report())).not.toContain('stopped');
  });

  it('keeps what is worst and forgets the tail, however long it gets', () => {
    const many = new RangeTotals(SOURCE);
    const addBlock = (prefix: string, slots: number, times: number) => {
      const sketches = Array.from({ length: slots * times }, (_, i) => ({ writes: [slot(2 + (i % slots))] }));
      const names: NameOf = (key) => ({ ...nameOf(key), variable: `${prefix}${slots === 1 ? '' : key}` });
      many.add(reportBlock(asBlock(sketchBlock(sketches)), SOURCE, { nameOf: names, rules: [] }));
    };
    addBlock('rare', 1, 2);
    addBlock('lasting', 1, 60);
    for (let k = 0; k < 6; k++) addBlock(`${k}.`, 800, 3);
    addBlock('rare', 1, 50);
    addBlock('lasting', 1, 2);
    const { variables } = many.report();
    expect(variables.length).toBe(100);
    // What one transaction waited for was forgotten among thousands at which two did.
    expect(variables[0]).toMatchObject({ variable: 'lasting', waiting: 60, blocks: 2 });
    expect(variables[1]).toMatchObject({ variable: 'rare', waiting: 49, blocks: 1 });
  });
});

describe('what if', () => {
  const graph = buildConflictGraph(counters.transactions);

  it.each(['Bank.total', 'total', '*.total', 'Bank.*'])('finds a variable by %s', (pattern) => {
    expect(boundWithout(counters.transactions, findVariableKeys(graph, nameOf, [pattern]))).toBe(10);
  });

  it('names those there are when somebody asks about another', () => {
    const ask = () => findVariableKeys(graph, nameOf, ['Bank.supply']);
    expect(ask).toThrowError(ParallelError);
    expect(ask).toThrowError('Those at which somebody waits: Bank.total.');
  });
});

describe('a budget', () => {
  const judge = (limit: string, block = counters) =>
    checkBudget([parseLimit(limit)], block, reportBlock(block, SOURCE, { nameOf }), nameOf)[0];
  const strangers = asBlock(sketchBlock(Array.from({ length: 20 }, (_, k) => ({ writes: [slot(k + 2)] }))));

  it.each([
    ['speedup >= 2', false],
    ['speedup >= 1', true],
    ['speedup@8 >= 1.5', false],
    ['monad speedup@8 >= 1', true],
    ['no conflict', false],
    ['at most 90 % wait', true],
    ['at most 89 % wait', false],
    ['no slot written by more than 50 %', false],
    ['no conflict at Bank.total', false],
    ['no conflict at Bank.balances[*]', true],
    ['gas per transaction <= 100', true],
    ['gas per transaction <= 99', false],
    ['at least 99 % named', true],
  ])('%s: %s when everybody raises one counter', (limit, holds) => {
    expect(judge(limit)).toMatchObject({ limit, holds });
  });

  it.each(['speedup >= 20', 'speedup@8 >= 6', 'no conflict', 'no slot written by more than 5 %'])(
    '%s holds among strangers',
    (limit) => {
      expect(judge(limit, strangers)).toMatchObject({ holds: true });
    },
  );

  it('on names counts the slots at which somebody waits', () => {
    const unnamed: NameOf = (key) => ({ ...nameOf(key), isNamed: false });
    const block = reportBlock(counters, SOURCE, { nameOf: unnamed });
    const [verdict] = checkBudget([parseLimit('at least 1 % named')], counters, block, unnamed);
    expect(verdict).toEqual({ limit: 'at least 1 % named', found: '0 of 1', holds: false });
  });

  it.each(['speed >= 3', 'speedup > 3', 'no slot', ''])('refuses “%s” and shows how to say it', (limit) => {
    expect(() => parseLimit(limit)).toThrowError('no slot written by more than 5 %');
  });

  it('refuses a rule that nobody knows', () => {
    expect(() => parseLimit('solana speedup@8 >= 2')).toThrowError('Choose one of ideal, monad');
  });
});
