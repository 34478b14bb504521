import { encode } from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import { CID } from 'multiformats/cid';
import { cidOf, DAG_PB, RAW } from '../src/cid.ts';
import { type BlockStore, type Cid, createMemoryStore } from '../src/index.ts';

/** What somebody who means harm can say of a part. */
export type Claim = { cid: Cid; fileBytes: number };

/** A node of a file that says what it is told to say. */
export async function putNode(store: BlockStore, claims: Claim[], data?: Uint8Array): Promise<Cid> {
  const blockSizes = claims.map(({ fileBytes }) => BigInt(fileBytes));
  const unixfs = new UnixFS({ type: 'file', blockSizes, ...(data && { data }) });
  return putLinks(
    store,
    claims.map(({ cid }) => cid),
    unixfs.marshal(),
  );
}

export async function putLinks(store: BlockStore, cids: Cid[], Data: Uint8Array): Promise<Cid> {
  const bytes = encode({ Data, Links: cids.map((cid) => ({ Name: '', Tsize: 1, Hash: CID.parse(cid) })) });
  const cid = await cidOf(DAG_PB, bytes);
  await store.put(cid, bytes);
  return cid;
}

export async function putLeaf(store: BlockStore, bytes: Uint8Array): Promise<Cid> {
  const cid = await cidOf(RAW, bytes);
  await store.put(cid, bytes);
  return cid;
}

/** A chain of `height` nodes above one leaf, each with `width` links to the one below: width ^ height bytes. */
export async function putTower(height: number, width: number, leaf = Uint8Array.of(7)) {
  const store = createMemoryStore();
  let below: Claim = { cid: await putLeaf(store, leaf), fileBytes: leaf.length };
  for (let level = 0; level < height; level++) {
    const cid = await putNode(store, Array<Claim>(width).fill(below));
    below = { cid, fileBytes: width * below.fileBytes };
  }
  return { store, root: below.cid, fileBytes: below.fileBytes };
}
