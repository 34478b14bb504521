import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { list, type Note, sums } from '../test/meanings.ts';
import { openJournal, openMemoryJournal, readJournal } from './journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let path: string;
let count = 0;
beforeEach(() => fresh());
const fresh = () => {
  path = join(folder, `${count++}.journal`);
};

const note: fc.Arbitrary<Note> = fc.record({ id: fc.nat(1_000), text: fc.string({ unit: 'binary' }) });
const batches = fc.array(fc.array(note, { maxLength: 4 }), { maxLength: 8 });

describe('openJournal', { timeout: 60_000 }, () => {
  it('reads back what was appended, in order, however it was waited for', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.boolean()), async (all, waits) => {
        fresh();
        const journal = await openJournal(path, list);
        const answers: Promise<void>[] = [];
        for (const [k, batch] of all.entries()) {
          answers.push(journal.append(...batch));
          if (waits[k]) await answers.at(-1);
        }
        await Promise.all(answers);
        expect(journal.state).toEqual(all.flat());
        await journal.close();
        expect(await readJournal(path, list)).toEqual(all.flat());
      }),
      { numRuns: 60 },
    );
  });

  it('cut off at any byte, holds the first batches, whole, with every one that was durable by then', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.double({ min: 0, max: 1, noNaN: true }), async (all, where) => {
        fresh();
        const journal = await openJournal(path, list);
        const durable = await Promise.all(
          all.map(async (batch, k) => {
            // Some arrive while others are being written.
            for (let turn = 0; turn < k % 3; turn++) await new Promise((done) => setImmediate(done));
            await journal.append(...batch);
            return { batch, size: statSync(path).size };
          }),
        );
        const order = journal.state.map((each) => all.findIndex((batch) => batch.includes(each)));
        await journal.close();
        const bytes = readFileSync(path);
        const cut = Math.round(where * bytes.length);
        writeFileSync(path, bytes.subarray(0, cut));
        const torn = await openJournal(path, list);
        const kept = torn.state.length;
        expect(torn.state).toEqual(journal.state.slice(0, kept));
        expect(order[kept]).not.toBe(kept === 0 ? -1 : order[kept - 1]);
        const promised = durable.filter(({ size }) => size <= cut).flatMap(({ batch }) => batch);
        expect(torn.state).toEqual(expect.arrayContaining(promised));

        await torn.append({ id: 1, text: 'mended' });
        await torn.close();
        const mended = await openJournal(path, list);
        expect(mended.droppedBytes).toBe(0);
        expect(mended.state).toEqual([...journal.state.slice(0, kept), { id: 1, text: 'mended' }]);
        await mended.close();
      }),
      { numRuns: 100 },
    );
  });

  it('writes what waits at the same time as one line', async () => {
    const journal = await openJournal(path, list);
    await Promise.all(Array.from({ length: 500 }, (_, id) => journal.append({ id, text: '' })));
    expect(journal.state.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, id) => id));
    expect(lines()).toBe(1);
    const first = journal.append({ id: 0, text: 'alone' });
    await new Promise((done) => setImmediate(done));
    const others = [1, 2, 3].map((id) => journal.append({ id, text: 'together' }));
    await Promise.all([first, ...others]);
    expect(lines()).toBe(3);
    await journal.close();
  });

  it('is rewritten when it has grown, and means the same', async () => {
    const journal = await openJournal(path, { ...sums, compactAboveBytes: 4_000 });
    const expected: Record<string, number> = {};
    await Promise.all(
      Array.from({ length: 3_000 }, async (_, k) => {
        if (k % 10 === 0) await new Promise((done) => setTimeout(done, k / 50));
        expected[`n${k % 7}`] = (expected[`n${k % 7}`] ?? 0) + k;
        await journal.append({ name: `n${k % 7}`, add: k });
      }),
    );
    await journal.append();
    await journal.close();
    expect(Object.fromEntries(await readJournal(path, sums))).toEqual(expected);
    expect(Object.fromEntries(journal.state)).toEqual(expected);
    const again = await openJournal(path, { ...sums, compactAboveBytes: 4_000 });
    for (let k = 0; k < 200; k++) await again.append({ name: 'n1', add: 1 });
    expect(statSync(path).size).toBeLessThan(5_000);
    await again.close();
  });

  it('is rewritten in lines of bounded length', async () => {
    const journal = await openJournal(path, { ...list, compactAboveBytes: 1_000 });
    await journal.append(...Array.from({ length: 2_500 }, (_, id) => ({ id, text: 'x' })));
    await journal.append();
    await journal.close();
    expect(lines()).toBe(3);
    expect((await readJournal(path, list)).length).toBe(2_500);
  });

  it('drops a last line whose bytes are wrong', async () => {
    await write({ id: 4, text: '' });
    appendFileSync(path, '00000000 [{"id":9,"text":""}]\n');
    expect(await readJournal(path, list)).toEqual([{ id: 4, text: '' }]);
    const journal = await openJournal(path, list);
    expect(journal.droppedBytes).toBe(30);
    await journal.close();
  });

  it('refuses a file that is damaged in the middle, in the words of its owner', async () => {
    await write({ id: 4, text: '' }, { id: 5, text: '' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('"id":4', '"id":8'));
    await expect(readJournal(path, list)).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT', fault: 'user' });
    const hints = { JOURNAL_CORRUPT: 'Ask the cook.' };
    await expect(openJournal(path, { ...list, hints })).rejects.toMatchObject({ hint: 'Ask the cook.' });
  });

  it('takes no part of a batch with a record that is not JSON, and goes on', async () => {
    const journal = await openJournal(path, list);
    const bad = { id: 1n as unknown as number, text: '' };
    const refused = journal.append({ id: 2, text: '' }, bad);
    await expect(refused).rejects.toMatchObject({ code: 'JOURNAL_RECORD' });
    await journal.append({ id: 3, text: '' });
    expect(journal.state).toEqual([{ id: 3, text: '' }]);
    await journal.close();
  });

  it('writes nothing more once the disk has refused', async () => {
    const journal = await openJournal(path, list);
    await journal.append({ id: 4, text: '' });
    await journal.close();
    const refused = [5, 6].map((id) => journal.append({ id, text: '' }));
    for (const each of refused) await expect(each).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    await expect(journal.append({ id: 7, text: '' })).rejects.toBe(journal.failure);
    expect(journal.state.length).toBe(1);
  });

  it('says that its folder is not there', async () => {
    await expect(openJournal(join(folder, 'nowhere', 'x'), list)).rejects.toMatchObject({
      code: 'JOURNAL_FAILED',
    });
    expect(await readJournal(join(folder, 'nowhere', 'x'), list)).toEqual([]);
  });
});

describe('openMemoryJournal', () => {
  it('adds up like one on a disk', async () => {
    const journal = openMemoryJournal(sums);
    await journal.append({ name: 'a', add: 2 }, { name: 'a', add: 3 });
    expect(journal.state.get('a')).toBe(5);
  });
});

const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n').length;

async function write(...notes: Note[]): Promise<void> {
  const journal = await openJournal(path, list);
  for (const each of notes) await journal.append(each);
  await journal.close();
}
