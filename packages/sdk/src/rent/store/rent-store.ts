import type { RentRecord } from './rent-record.ts';
import { applyRentRecord, emptyRentState, type RentState, rentRecordsOf } from './rent-state.ts';

/**
 * Where a renter keeps what it must not forget. One renter at a time may use a store.
 *
 * @example
 * ```ts
 * const journal = await openJournal(path, RENT_MEANING) // of @millrace/journal
 * const store: RentStore = { load: async () => journal.state, append: journal.append }
 * ```
 */
export type RentStore = {
  /** What all records so far add up to. It is read once, when the renter starts. */
  load(): Promise<RentState>;
  /** Makes records durable, all or none, in the order of the calls. A renter that cannot write signs and sends nothing. */
  append(...records: RentRecord[]): Promise<void>;
};

/** What records mean, for a journal. */
export const RENT_MEANING = {
  empty: emptyRentState,
  apply: applyRentRecord,
  toRecords: rentRecordsOf,
};

/** A store that is forgotten with the program. */
export function createMemoryStore(records: Iterable<RentRecord> = []): RentStore {
  const kept: RentRecord[] = [...records];
  return {
    load: async () => {
      const state = emptyRentState();
      for (const record of kept) applyRentRecord(state, record);
      return state;
    },
    append: async (...added) => {
      // As a file would keep them: what cannot be JSON must not seem to work.
      for (const record of added) kept.push(JSON.parse(JSON.stringify(record)) as RentRecord);
    },
  };
}
