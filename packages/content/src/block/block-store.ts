import type { Cid } from '../cid.ts';

/**
 * Blocks by their CID. A store trusts its callers: what is `put` was verified before ({@link verifyBlock}), as everything
 * in this package does that takes bytes from strangers.
 */
export type BlockStore = {
  /** `undefined` when it is not there. The bytes belong to the store: copy before changing. */
  get(cid: Cid): Promise<Uint8Array | undefined>;
  put(cid: Cid, bytes: Uint8Array): Promise<void>;
  has(cid: Cid): Promise<boolean>;
  delete?(cid: Cid): Promise<void>;
};
