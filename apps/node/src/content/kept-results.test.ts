import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FolderBlockStore, openFolderStore } from '@millrace/content/folder';
import { type Hex, keccak256, toHex } from 'viem';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JobFacts } from '../journal/records.ts';
import { applyRecord, emptyState } from '../journal/state.ts';
import { KeptResults } from './kept-results.ts';

let folder: string;
let store: FolderBlockStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-kept-'));
  store = await openFolderStore(folder, { maxBytes: 10 ** 8, durable: false });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const idOf = (number: number): Hex => keccak256(toHex(`job ${number}`));
const funding = idOf(-1);

it('gives a result up when its job is forgotten, unless another job has the same', async () => {
  const state = emptyState();
  const kept = new KeptResults(store, state, 10 ** 8);
  const cids: string[] = [];
  for (let number = 0; number < 64; number++) {
    const facts: JobFacts = { id: idOf(number), funding, paidBy: 'channel', spec: {} as never, at: number };
    applyRecord(state, { t: 'job', job: facts });
    // The first two say the same.
    const bytes = new Uint8Array(5_000).fill(Math.max(1, number));
    cids.push(await kept.put(idOf(number), funding, bytes));
  }
  expect(cids[0]).toBe(cids[1]);
  const here = async () => {
    await store.collect();
    return await Promise.all(cids.map((cid) => store.has(cid)));
  };
  for (let number = 0; number < 64; number++) kept.ended(idOf(number));
  expect(await here()).toEqual(cids.map(() => true));

  for (const forgotten of [0, 2, 3]) state.jobs.delete(idOf(forgotten));
  for (let round = 0; round < 64; round++) kept.ended(idOf(63));
  expect(await here()).toEqual(cids.map((_, number) => number !== 2 && number !== 3));
  state.jobs.delete(idOf(1));
  for (let round = 0; round < 64; round++) kept.ended(idOf(63));
  expect(await here()).toEqual(cids.map((_, number) => number > 3));
});

it('keeps a result whose end is not in the journal yet, whatever the journal knows and however little room there is', async () => {
  const kept = new KeptResults(store, emptyState(), 20_000);
  const first = await kept.put(idOf(1), funding, new Uint8Array(5_000).fill(1));
  for (let round = 0; round < 64; round++) kept.ended(idOf(2));
  await kept.put(idOf(3), funding, new Uint8Array(50_000).fill(3));
  await store.collect();
  expect(await store.has(first)).toBe(true);
});
