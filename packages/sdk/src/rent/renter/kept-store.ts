import type { RentRecord } from '../store/rent-record.ts';
import { applyRentRecord, type RentState } from '../store/rent-state.ts';
import type { RentStore } from '../store/rent-store.ts';

/** A store, and what it adds up to now. */
export type KeptStore = RentStore & { readonly state: RentState };

/** Loads a store once, and keeps count of what is added. */
export async function keepStore(store: RentStore): Promise<KeptStore> {
  // The store may go on changing what it has loaded.
  const state = structuredClone(await store.load());
  return {
    state,
    load: async () => state,
    append: async (...records: RentRecord[]) => {
      await store.append(...records);
      for (const record of records) applyRentRecord(state, record);
    },
  };
}
