import { readFileSync } from 'node:fs';
import { decodeJournal } from '../src/journal/encoding.ts';
import { applyRecord, emptyState, type JournalState } from '../src/journal/state.ts';

/** What the journal of a keeper that may be running adds up to now. */
export function readJournal(path: string): JournalState {
  const state = emptyState();
  for (const record of decodeJournal(readFileSync(path), path).batches.flat()) applyRecord(state, record);
  return state;
}
