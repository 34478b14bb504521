import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatJobSpec, parseJobSpec } from '@millrace/protocol/compute';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBooks, readSlots, takeSlot } from './slots.ts';
import { readStops, requestStop, watchStops } from './stops.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-stops-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('whoever has the books is told: of what was asked before, and of what comes', async () => {
  const journal = join(folder, '0.journal');
  expect(readStops(journal)).toEqual(new Map());
  requestStop(journal, 'before');
  const told: string[] = [];
  const end = watchStops(journal, (job) => told.push(job));
  expect(told).toEqual(['before']);
  requestStop(journal, 'later');
  requestStop(journal, 'later');
  await expect.poll(() => told, { timeout: 30_000 }).toEqual(['before', 'later']);
  end();
});

it('a line that was cut off by a crash is passed over', () => {
  const journal = join(folder, '0.journal');
  requestStop(journal, 'whole');
  appendFileSync(`${journal}.stops`, 'half 17');
  appendFileSync(`${journal}.stops`, 'x\n');
  expect([...readStops(journal).keys()]).toEqual(['whole']);
});

it('a job that was told to stop has ended for everybody who looks, unless it had ended before', async () => {
  const slot = await takeSlot(folder);
  const spec = formatJobSpec(
    parseJobSpec({
      version: 1,
      module: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
      fuel: 1n,
      timeMilliseconds: 1,
      memoryPages: 1,
      outputBytes: 0,
      needs: { priceCap: 1n },
    }),
  );
  for (const id of ['runs', 'done']) {
    await slot.store.append({ type: 'job', id, spec, deadline: 1, at: 1 });
  }
  await slot.store.append({ type: 'ended', job: 'done', at: 2, result: 'bafy' });
  for (const id of ['runs', 'done']) requestStop(slot.path, id);
  const [seen] = await readSlots(folder);
  expect(seen?.state.jobs.get('runs')?.ended?.error).toMatchObject({ code: 'RENT_STOPPED', fault: 'user' });
  expect(seen?.state.jobs.get('done')?.ended).toMatchObject({ result: 'bafy' });
  // The books themselves are written by whoever has them.
  expect((await readBooks(slot.path)).jobs.get('runs')?.ended).toBeUndefined();
  await slot.release();
});
