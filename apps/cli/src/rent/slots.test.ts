import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSlots, takeSlot, takeSlotNumber } from './slots.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'millrace-slots-')), 'books');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const node = `0x${'1'.repeat(40)}` as const;
const experience = { type: 'experience', node, experience: 'result', at: 1_000 } as const;

it('two at once never have the same books', async () => {
  const [first, second] = [await takeSlot(folder), await takeSlot(folder)];
  expect([first.number, second.number]).toEqual([0, 1]);
  await expect(takeSlotNumber(folder, 1)).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
  await first.release();
  const third = await takeSlot(folder);
  expect(third.number).toBe(0);
  await Promise.all([second.release(), third.release()]);
});

it('what was written is there for the next, and for whoever only looks', async () => {
  expect(await readSlots(folder)).toEqual([]);
  const slot = await takeSlot(folder);
  await slot.store.append(experience);
  const [seen] = await readSlots(folder);
  expect(Object.keys(seen?.state.memory ?? {})).toHaveLength(1);
  await slot.release();
  const again = await takeSlot(folder);
  expect((await again.store.load()).memory).toEqual(slot.state.memory);
  await again.release();
});
