import { UnixFS } from 'ipfs-unixfs';
import { describe, expect, it } from 'vitest';
import { putLeaf, putLinks, putNode, putTower } from '../../test/hostile.ts';
import { createMemoryStore } from '../block/memory-block-store.ts';
import { requireAll } from '../block/walk-blocks.ts';
import { exportFile } from './read-file.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const limits = { maxBytes: 1_000_000 };
const store = createMemoryStore();
const leaf = await putLeaf(store, Uint8Array.of(1, 2, 3));
const empty = await putLeaf(store, new Uint8Array());

describe('a file made to do harm', patient, () => {
  it('that grows without end from a few blocks is refused by its first', async () => {
    const { store, root, fileBytes } = await putTower(6, 100);
    expect(fileBytes).toBe(100 ** 6);
    await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
    expect(await requireAll(store, root)).toBe(7);
  });

  it('that repeats blocks within its limits is read, up to a number of visits', async () => {
    const { store, root } = await putTower(3, 20);
    expect((await exportFile(store, root, limits)).length).toBe(8_000);
    const few = { ...limits, maxBlocks: 8_000 };
    await expect(exportFile(store, root, few)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  });

  it('that lies about the size of a part is refused', async () => {
    for (const fileBytes of [2, 4]) {
      const root = await putNode(store, [{ cid: leaf, fileBytes }]);
      await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
    }
    const middle = await putNode(store, [{ cid: leaf, fileBytes: 3 }]);
    const root = await putNode(store, [{ cid: middle, fileBytes: 1 }]);
    await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
  });

  it('that has parts of nothing is refused', async () => {
    const root = await putNode(store, Array(1_000).fill({ cid: empty, fileBytes: 0 }));
    await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
  });

  it('that is deeper than any file is refused', async () => {
    const deep = await putTower(33, 1);
    await expect(exportFile(deep.store, deep.root, limits)).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    await expect(requireAll(deep.store, deep.root)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
    const high = await putTower(32, 1);
    expect(await exportFile(high.store, high.root, limits)).toEqual(Uint8Array.of(7));
  });

  it('that bites its own tail, in a store that lies, comes to an end', async () => {
    const root = await putNode(store, [{ cid: leaf, fileBytes: 3 }]);
    const loop = await putNode(store, [{ cid: root, fileBytes: 3 }]);
    const lying = { get: () => store.get(loop) };
    await expect(exportFile(lying, root, limits)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  });

  it('that is no file is refused', async () => {
    const directory = new UnixFS({ type: 'directory' }).marshal();
    const nothing = new Uint8Array();
    const noise = Uint8Array.of(0xff, 0xff, 0xff);
    for (const data of [directory, noise]) {
      const root = await putLinks(store, [leaf], data);
      await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
    }
    const silent = await putLinks(store, [leaf], nothing);
    await expect(exportFile(store, silent, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
    const cbor = 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua';
    const any = { get: async () => noise };
    for (const cid of [cbor, 'bafy', '', 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG']) {
      await expect(exportFile(any, cid, limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
    }
  });
});
