import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import type { Intent, JournalRecord } from './records.ts';
import { applyRecord, emptyState, type JournalState, toRecords } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let path: string;
let count = 0;
beforeEach(() => {
  path = join(folder, `${count++}.journal`);
});

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
  it('reads back what was appended, and is rewritten when it grows, with the same meaning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { maxLength: 5 }), async (batches) => {
        path = join(folder, `${count++}.journal`);
        const journal = await openJournal(path, { compactAboveBytes: 2_000 });
        for (const batch of batches) await journal.append(...batch);
        await journal.close();
        const again = await openJournal(path);
        expect(again.state).toEqual(fold(batches.flat()));
        await again.close();
      }),
      { numRuns: 30 },
    );
  });

  it('stays short however much is written', async () => {
    const journal = await openJournal(path, { compactAboveBytes: 4_000 });
    for (let k = 0; k < 300; k++) {
      await journal.append({ t: 'latch', latch: { subject: 'the same', armed: k % 2 === 0, crossings: k } });
    }
    expect(statSync(path).size).toBeLessThan(5_000);
    await journal.close();
    expect((await openJournal(path)).state.latches.get('the same')?.crossings).toBe(299);
  });

  it('cut off at any byte, it holds every batch that was whole and none in part', async () => {
    const journal = await openJournal(path);
    const batches: JournalRecord[][] = [1, 2, 3].map((k) => [
      { t: 'intent', intent: intent(`i${k}`, k) },
      { t: 'latch', latch: { subject: `l${k}`, armed: false, crossings: k } },
    ]);
    const ends = [0];
    for (const batch of batches) {
      await journal.append(...batch);
      ends.push(statSync(path).size);
    }
    await journal.close();
    const bytes = readFileSync(path);
    const near = ends.flatMap((end) => [end - 1, end, end + 1]);
    const cuts = [...bytes.keys()].filter((at) => at % 7 === 0 || near.includes(at));
    for (const cut of [...cuts, bytes.length]) {
      writeFileSync(path, bytes.subarray(0, cut));
      const whole = ends.filter((end) => end <= cut).length - 1;
      const torn = await openJournal(path);
      expect(torn.state).toEqual(fold(batches.slice(0, whole).flat()));
      expect(torn.droppedBytes).toBe(cut - (ends[whole] ?? 0));
      await torn.append({ t: 'nonce', next: 50 });
      await torn.close();
      const mended = await openJournal(path);
      expect(mended.droppedBytes).toBe(0);
      expect(mended.state.nextNonce).toBe(50);
      await mended.close();
    }
  });

  it('drops a last line whose bytes are wrong', async () => {
    const journal = await openJournal(path);
    await journal.append({ t: 'nonce', next: 4 });
    await journal.close();
    appendFileSync(path, '00000000 [{"t":"nonce","next":9}]\n');
    expect((await openJournal(path)).state.nextNonce).toBe(4);
  });

  it('refuses a file that is damaged in the middle', async () => {
    const journal = await openJournal(path);
    await journal.append({ t: 'nonce', next: 4 });
    await journal.append({ t: 'nonce', next: 5 });
    await journal.close();
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"next":4', '"next":8'));
    await expect(openJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
  });

  it('writes nothing more once the disk has refused', async () => {
    const journal = await openJournal(path);
    await journal.append({ t: 'nonce', next: 4 });
    await journal.close();
    await expect(journal.append({ t: 'nonce', next: 5 })).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    await expect(journal.append({ t: 'nonce', next: 6 })).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    expect(journal.failure?.code).toBe('JOURNAL_FAILED');
    expect(journal.state.nextNonce).toBe(4);
  });

  it('says that its folder is not there', async () => {
    await expect(openJournal(join(folder, 'nowhere', 'x'))).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
  });
});
