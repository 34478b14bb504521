import type { BlockStore } from '@millrace/content';
import type { Cid } from '@millrace/protocol/compute';

/** A store that also has what the journal keeps: results too small for a file of their own. */
export function withSmallResults(
  store: BlockStore,
  resultOf: (cid: Cid) => Uint8Array | undefined,
): BlockStore {
  return {
    ...store,
    get: async (cid) => resultOf(cid) ?? (await store.get(cid)),
    has: async (cid) => resultOf(cid) !== undefined || (await store.has(cid)),
  };
}
