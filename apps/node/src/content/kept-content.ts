import type { FolderBlockStore } from '@millrace/content/folder';
import type { Cid } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { NodeState } from '../journal/state.ts';
import { KeptInputs } from './kept-inputs.ts';
import { KeptResults } from './kept-results.ts';
import { KeptSnapshots } from './kept-snapshots.ts';

/** How much of the store is for content that has to stay; the rest is for snapshots and for what was just uploaded. */
const SHARES = { inputs: 1 / 4, results: 1 / 2 };

/** What may not leave the store, whoever floods it. The journal says what that is, so a restart changes nothing. */
export type KeptContent = {
  readonly inputs: KeptInputs;
  readonly snapshots: KeptSnapshots;
  readonly results: KeptResults;
  /** A job has ended: of all that was kept for it, only its result stays. */
  ended(id: Hex): void;
};

/** Keeps what the journal wants kept, and gives up the rest as far as the store is larger than it may be. */
export async function openKeptContent(
  store: FolderBlockStore,
  state: NodeState,
  options: {
    readonly maxBytes: number;
    readonly smallResultOf: (cid: Cid) => Uint8Array | undefined;
    /** Told of what should be here and is not. */
    readonly onLost: (id: Hex, error: unknown) => void;
  },
): Promise<KeptContent> {
  const { maxBytes, smallResultOf, onLost } = options;
  const inputs = new KeptInputs(store, maxBytes * SHARES.inputs, smallResultOf);
  const snapshots = new KeptSnapshots(store);
  const results = new KeptResults(store, state, maxBytes * SHARES.results);
  await inputs.restore(state, onLost);
  await snapshots.restore(state, onLost);
  await results.restore(onLost);
  await store.collect(maxBytes);
  return {
    inputs,
    snapshots,
    results,
    ended(id) {
      inputs.ended(id);
      snapshots.ended(id);
      results.ended(id);
    },
  };
}
