import { CarReader, CarWriter } from '@ipld/car';
import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { describe, expect, it } from 'vitest';
import { anyFile, bytesOf, collect, inPieces } from '../../test/bytes.ts';
import { putLeaf, putTower } from '../../test/hostile.ts';
import { createMemoryStore, type MemoryBlockStore } from '../block/memory-block-store.ts';
import { walkBlocks } from '../block/walk-blocks.ts';
import { verifyBlock } from '../cid.ts';
import { getFileCid, importShaped } from '../file/import-file.ts';
import { exportFile } from '../file/read-file.ts';
import { readCar } from './read-car.ts';
import { writeCar } from './write-car.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const shape = { chunkBytes: 16, linksPerNode: 3 };
const limits = { maxBytes: 1_000_000 };
const REFUSALS = ['CONTENT_CORRUPT', 'CONTENT_INVALID', 'CONTENT_NOT_FOUND', 'CONTENT_TOO_LARGE'];

async function carOf(bytes: Uint8Array) {
  const store = createMemoryStore();
  const root = await importShaped(store, bytes, shape);
  return { store, root, car: await collect(writeCar(store, root)) };
}

/** A CAR by the library of the IPFS project, of any blocks in any order. */
async function carByReference(root: string, blocks: { cid: string; bytes: Uint8Array }[]) {
  const { writer, out } = CarWriter.create([CID.parse(root)]);
  const written = collect(out);
  for (const { cid, bytes } of blocks) await writer.put({ cid: CID.parse(cid), bytes });
  await writer.close();
  return written;
}

async function blocksOf(store: MemoryBlockStore, root: string) {
  const blocks: { cid: string; bytes: Uint8Array }[] = [];
  for await (const cid of walkBlocks(store, root)) {
    blocks.push({ cid, bytes: (await store.get(cid)) as Uint8Array });
  }
  return blocks;
}

describe('writeCar and readCar', patient, () => {
  it('carry any file, in pieces of any size, as the library of IPFS would', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile(16, 40), fc.array(fc.nat(90), { minLength: 1 }), async (bytes, sizes) => {
        const { store, root, car } = await carOf(bytes);
        const to = createMemoryStore();
        const { root: found, blocks } = await readCar(to, inPieces(car, sizes), { ...limits, root });
        expect(found).toBe(root);
        expect(await exportFile(to, root, limits)).toEqual(bytes);

        const theirs = await CarReader.fromBytes(car);
        expect((await theirs.getRoots()).map(String)).toEqual([root]);
        let count = 0;
        for await (const { cid } of theirs.blocks()) count += (await to.has(cid.toString())) ? 1 : 0;
        expect(count).toBe(blocks);
        expect(await carByReference(root, await blocksOf(store, root))).toEqual(car);
      }),
      { numRuns: 40 },
    );
  });

  it('take a stream of the web', async () => {
    const { root, car } = await carOf(bytesOf(100));
    const store = createMemoryStore();
    await readCar(store, new Blob([car]).stream(), { ...limits, root });
    expect(await exportFile(store, root, limits)).toEqual(bytesOf(100));
  });

  it('write each block once', async () => {
    const { store, root } = await putTower(4, 3);
    const car = await collect(writeCar(store, root));
    expect((await readCar(createMemoryStore(), [car], limits)).blocks).toBe(5);
    const first = await collect(writeCar(store, root, { scope: 'block' }));
    expect((await readCar(createMemoryStore(), [first], { ...limits, partial: true })).blocks).toBe(1);
    await expect(readCar(createMemoryStore(), [first], limits)).rejects.toMatchObject({
      code: 'CONTENT_NOT_FOUND',
    });
  });
});

describe('readCar', patient, () => {
  it('refuses a CAR in which any bit was changed, and stores nothing false', async () => {
    const file = bytesOf(150);
    const { root, car } = await carOf(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(car.length - 1), fc.nat(7), async (at, bit) => {
        const tampered = car.slice();
        tampered[at] = (tampered[at] as number) ^ (1 << bit);
        const store = createMemoryStore();
        const code = await readCar(store, [tampered], { ...limits, root }).then(
          () => 'taken',
          (error) => error.code,
        );
        expect(REFUSALS).toContain(code);
        for (const { cid, bytes } of await everyBlock(store, root)) await verifyBlock(cid, bytes);
        await expect(exportFile(store, root, limits)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
      }),
      { numRuns: 250 },
    );
  });

  it('refuses a name of version 0 that is written like one of version 1', async () => {
    const { root, car } = await carOf(bytesOf(150));
    // Version 1, dag-pb, SHA-256 of 32 bytes: the root in the header, every node, and every link to one.
    const name = [1, 0x70, 0x12, 32];
    const places = [...car.keys()].filter((at) => name.every((byte, k) => car[at + k] === byte));
    expect(places.length).toBeGreaterThan(2);
    for (const at of places) {
      const changed = car.slice();
      changed[at] = 0;
      await expect(readCar(createMemoryStore(), [changed], { ...limits, root })).rejects.toMatchObject({
        code: expect.stringMatching(/CONTENT_(CORRUPT|INVALID)/),
      });
    }
  });

  it('refuses a CAR that ends too early, wherever', async () => {
    const { root, car } = await carOf(bytesOf(100));
    for (let length = 0; length < car.length; length++) {
      const torn = readCar(createMemoryStore(), [car.subarray(0, length)], { ...limits, root });
      await expect(torn).rejects.toMatchObject({
        code: expect.stringMatching(/CONTENT_(CORRUPT|INVALID|NOT_FOUND)/),
      });
    }
  });

  it('refuses a CAR of something else, and what does not belong', async () => {
    const { root } = await carOf(bytesOf(100));
    const other = await carOf(bytesOf(100, 2));
    await expect(readCar(createMemoryStore(), [other.car], { ...limits, root })).rejects.toMatchObject({
      code: 'CONTENT_CORRUPT',
    });
    const store = createMemoryStore();
    const blocks = await blocksOf(other.store, other.root);
    const stray = { cid: await putLeaf(store, bytesOf(5)), bytes: bytesOf(5) };
    const padded = await carByReference(other.root, [...blocks, stray]);
    await expect(readCar(createMemoryStore(), [padded], limits)).rejects.toMatchObject({
      code: 'CONTENT_CORRUPT',
      details: { cid: stray.cid },
    });
    const reversed = await carByReference(other.root, blocks.toReversed());
    await expect(readCar(createMemoryStore(), [reversed], limits)).rejects.toMatchObject({
      code: 'CONTENT_CORRUPT',
    });
  });

  it('refuses what has several roots, none, or is another version', async () => {
    const { root, car, store } = await carOf(bytesOf(10));
    const { writer, out } = CarWriter.create([CID.parse(root), CID.parse(root)]);
    const two = collect(out);
    await writer.put({ cid: CID.parse(root), bytes: (await store.get(root)) as Uint8Array });
    await writer.close();
    const none = CarWriter.create([]);
    const noneBytes = collect(none.out);
    await none.writer.close();
    const second = car.slice();
    second[second[0] as number] = 2;
    const pages = new TextEncoder().encode('<!doctype html><title>Welcome to nginx</title>'.repeat(9));
    for (const bytes of [await two, await noneBytes, second, pages, new Uint8Array(), new Uint8Array(100)]) {
      await expect(readCar(createMemoryStore(), [bytes], limits)).rejects.toMatchObject({
        code: 'CONTENT_INVALID',
      });
    }
  });

  it('stops a stream that is too long, and spends no memory on a length', async () => {
    const { car, root } = await carOf(bytesOf(100));
    let pulled = 0;
    async function* endless() {
      yield car;
      for (; pulled < 1_000; pulled++) yield new Uint8Array(10_000);
    }
    await expect(readCar(createMemoryStore(), endless(), { ...limits, root })).rejects.toMatchObject({
      code: expect.stringMatching(/CONTENT_(INVALID|TOO_LARGE|CORRUPT)/),
    });
    expect(pulled).toBeLessThan(5);

    const headerLength = (car[0] as number) + 1;
    const huge = [car.subarray(0, headerLength), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f)];
    await expect(readCar(createMemoryStore(), huge, { maxBytes: 1e12 })).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    await expect(readCar(createMemoryStore(), [car], { maxBytes: car.length - 1 })).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    await expect(readCar(createMemoryStore(), [car], { ...limits, maxBlocks: 3 })).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    expect((await readCar(createMemoryStore(), [car], { maxBytes: car.length })).root).toBe(root);
  });

  it('takes a CAR that leaves out what is there already', async () => {
    const { store, root } = await carOf(bytesOf(100));
    const [first, ...rest] = await blocksOf(store, root);
    const to = createMemoryStore();
    for (const { cid, bytes } of rest) await to.put(cid, bytes);
    await readCar(to, [await carByReference(root, first ? [first] : [])], limits);
    await to.delete(await getFileCid(bytesOf(100).subarray(0, 16)));
    const again = await carByReference(root, first ? [first] : []);
    await expect(readCar(to, [again], limits)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
  });

  it('closes the stream that it refuses', async () => {
    let isClosed = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000).fill(0x7f)),
      cancel: () => {
        isClosed = true;
      },
    });
    await expect(readCar(createMemoryStore(), stream, limits)).rejects.toMatchObject({
      code: 'CONTENT_INVALID',
    });
    expect(isClosed).toBe(true);
  });
});

/** What of a file is in a store. */
async function everyBlock(store: MemoryBlockStore, root: string) {
  const found: { cid: string; bytes: Uint8Array }[] = [];
  const complete = await carOf(bytesOf(150));
  for (const { cid } of await blocksOf(complete.store, root)) {
    const bytes = await store.get(cid);
    if (bytes) found.push({ cid, bytes });
  }
  return found;
}
