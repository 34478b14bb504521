import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import type { Intent, JournalRecord } from './records.ts';
import { applyRecord, emptyState, type JournalState, toRecords } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

const market = '0x00000000000000000000000000000000000000aa';

function intent(id: string, nonce: number): Intent {
  const attempts = [{ hash: '0x01', raw: '0x02', at: 5 } as const];
  return { id, subject: `subject of ${id}`, kind: 'liquidate', nonce, block: '7', at: 5, attempts };
}

function fold(records: JournalRecord[]): JournalState {
  const state = emptyState();
  for (const record of records) applyRecord(state, record);
  return state;
}

const id = fc.constantFrom('a', 'b', 'c');
const anyRecord: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record({
    t: fc.constant('intent' as const),
    intent: fc.tuple(id, fc.nat(9)).map(([k, n]) => intent(k, n)),
  }),
  fc.record({
    t: fc.constant('attempt' as const),
    id,
    attempt: fc.constant({ hash: '0x03', raw: '0x04', at: 6 } as const),
  }),
  fc.record({
    t: fc.constant('settled' as const),
    settlement: fc.record({
      id,
      subject: id.map((k) => `subject of ${k}`),
      outcome: fc.constantFrom('done' as const, 'beaten' as const, 'reverted' as const),
      block: fc.nat(99).map(String),
      at: fc.nat(99),
      tries: fc.nat(3),
    }),
  }),
  fc.record({
    t: fc.constant('scan' as const),
    scan: fc.record({
      market: fc.constant(market as `0x${string}`),
      block: fc.nat(99).map(String),
      hash: fc.constant('0x05' as const),
      since: fc.constant('1'),
      added: fc.subarray<`0x${string}`>(['0x06', '0x07', '0x08']),
    }),
  }),
  fc.record({
    t: fc.constant('latch' as const),
    latch: fc.record({ subject: id, armed: fc.boolean(), crossings: fc.nat(9) }),
  }),
  fc.record({
    t: fc.constant('alert' as const),
    alert: fc.record({
      key: id,
      subject: id,
      kind: fc.constant('health'),
      severity: fc.constant('warning' as const),
      text: fc.string(),
      at: fc.nat(9),
      block: fc.constant('1'),
      details: fc.constant({}),
    }),
    sinks: fc.subarray(['console', 'webhook:x']),
  }),
  fc.record({ t: fc.constant('delivered' as const), key: id, sink: fc.constantFrom('console', 'webhook:x') }),
);
const history = fc.array(anyRecord, { maxLength: 40 });

describe('toRecords', () => {
  it('adds up to the same state, for any history', () => {
    fc.assert(
      fc.property(history, (records) => {
        expect(fold(toRecords(fold(records)))).toEqual(fold(records));
      }),
    );
  });
});

describe('openJournal', () => {
  it('reads back what was appended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { maxLength: 5 }), async (batches) => {
        const path = join(folder, `${count++}.journal`);
        const journal = await openJournal(path);
        for (const batch of batches) await journal.append(...batch);
        await journal.close();
        const again = await openJournal(path);
        expect(again.state).toEqual(fold(batches.flat()));
        await again.close();
      }),
      { numRuns: 30 },
    );
  });

  it('is rewritten when it has grown, with the same meaning', async () => {
    const path = join(folder, `${count++}.journal`);
    const journal = await openJournal(path);
    for (let k = 0; k < 12; k++) {
      const name = `${k % 2}`.repeat(100_000);
      await journal.append({ t: 'latch', latch: { subject: name, armed: k % 4 < 2, crossings: k } });
    }
    await journal.close();
    expect(statSync(path).size).toBeLessThan(1_000_000);
    const again = await openJournal(path);
    expect(again.state).toEqual(journal.state);
    await again.close();
  });
});
