import type { CID } from 'multiformats/cid';
import type { BlockStore } from '../src/index.ts';

/** Blocks as the libraries of the IPFS project want them, to compare with. */
export class ReferenceStore {
  readonly blocks = new Map<string, Uint8Array>();
  #source: Pick<BlockStore, 'get'> = { get: async (cid) => this.blocks.get(cid) };

  static of(source: Pick<BlockStore, 'get'>): ReferenceStore {
    const store = new ReferenceStore();
    store.#source = source;
    return store;
  }

  async put(cid: CID, bytes: Uint8Array): Promise<CID> {
    this.blocks.set(cid.toString(), bytes);
    return cid;
  }

  async *get(cid: CID): AsyncGenerator<Uint8Array> {
    const bytes = await this.#source.get(cid.toString());
    if (bytes === undefined) throw new Error(`${cid} is missing`);
    yield bytes;
  }

  asBlockStore(): Pick<BlockStore, 'get'> {
    return this.#source;
  }
}
