import {
  type Journal as JournalOf,
  openJournal as openAnyJournal,
  openMemoryJournal as openAnyMemoryJournal,
} from '@millrace/journal';
import type { JournalRecord } from './records.ts';
import { applyRecord, emptyState, type JournalState, toRecords } from './state.ts';

/** What this keeper has decided, sent and seen. */
export type Journal = JournalOf<JournalRecord, JournalState>;

const meaning = { empty: emptyState, apply: applyRecord, toRecords };

const hints = {
  JOURNAL_CORRUPT:
    'Restore it from a copy. Moving it away starts afresh: then wait first until no transaction of the keeper is pending.',
  JOURNAL_FAILED:
    'Check that its folder exists, is writable and has room. The keeper sends nothing that it cannot write down first.',
};

/** A journal that is forgotten with the process: for dry runs. */
export function openMemoryJournal(): Journal {
  return openAnyMemoryJournal(meaning);
}

/**
 * Opens or creates the journal at `path`.
 *
 * @throws `JournalError`: `JOURNAL_CORRUPT` or `JOURNAL_FAILED`.
 */
export function openJournal(path: string): Promise<Journal> {
  return openAnyJournal(path, { ...meaning, hints });
}
