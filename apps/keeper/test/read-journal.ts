import { readJournal as readAnyJournal } from '@millrace/journal';
import { applyRecord, emptyState, type JournalState } from '../src/journal/state.ts';

/** What the journal of a keeper that may be running adds up to now. */
export function readJournal(path: string): Promise<JournalState> {
  return readAnyJournal(path, { empty: emptyState, apply: applyRecord });
}
