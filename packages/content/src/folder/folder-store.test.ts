import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, collect } from '../../test/bytes.ts';
import { createMemoryStore } from '../block/memory-block-store.ts';
import { readCar } from '../car/read-car.ts';
import { writeCar } from '../car/write-car.ts';
import { cidOf, RAW } from '../cid.ts';
import { getFileCid, importFile, importShaped } from '../file/import-file.ts';
import { exportFile } from '../file/read-file.ts';
import { type FolderBlockStore, openFolderStore } from './folder-store.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const root = mkdtempSync(join(tmpdir(), 'millrace-content-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(root, `${count++}`);
});

const PAGE = 4096;
const shape = { chunkBytes: 1_000, linksPerNode: 4 };
const limits = { maxBytes: 10_000_000 };
const options = { maxBytes: 100 * PAGE, durable: false };
const open = (more = {}) => openFolderStore(folder, { ...options, ...more });

/** What is really there. */
function files(): { name: string; path: string; size: number }[] {
  const blocks = join(folder, 'blocks');
  return readdirSync(blocks).flatMap((shard) =>
    readdirSync(join(blocks, shard)).map((name) => {
      const path = join(blocks, shard, name);
      return { name, path, size: statSync(path).size };
    }),
  );
}

async function fill(store: FolderBlockStore, blocks: number, from = 1_000) {
  for (let seed = from; seed < from + blocks; seed++) {
    const bytes = bytesOf(900, seed);
    await store.put(await cidOf(RAW, bytes), bytes);
  }
}

describe('openFolderStore', patient, () => {
  it('keeps files over restarts, durable or not', async () => {
    for (const durable of [true, false]) {
      const file = bytesOf(7_500, durable ? 1 : 2);
      const cid = await importShaped(await open({ durable }), file, shape);
      const again = await open({ durable });
      expect(await exportFile(again, cid, limits)).toEqual(file);
      expect(again.usedBytes).toBe(files().length * PAGE);
      expect(await again.has(await getFileCid(bytesOf(5)))).toBe(false);
      expect(await again.get(await getFileCid(bytesOf(5)))).toBeUndefined();
    }
    expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  });

  it('never grows beyond its limit, whoever puts whatever at once, and means what it says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(30), fc.nat(3)), { minLength: 1, maxLength: 60 }),
        async (steps) => {
          folder = join(root, `${count++}`);
          const store = await open({ maxBytes: 8 * PAGE });
          await Promise.all(
            steps.map(async ([seed, action]) => {
              const bytes = bytesOf(300 * seed, seed);
              const cid = await cidOf(RAW, bytes);
              if (action === 0) expect([undefined, bytes]).toContainEqual(await store.get(cid));
              else if (action === 1) await store.delete(cid);
              else await store.put(cid, bytes);
              expect(store.usedBytes).toBeLessThanOrEqual(8 * PAGE);
            }),
          );
          const there = files();
          const pages = there.map(({ size }) => Math.max(1, Math.ceil(size / PAGE)));
          expect(store.usedBytes).toBe(pages.reduce((sum, each) => sum + each, 0) * PAGE);
          for (const { name } of there) expect(await store.has(name)).toBe(true);
          const again = await open({ maxBytes: 8 * PAGE });
          expect(again.usedBytes).toBe(store.usedBytes);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives up what was not used for longest', async () => {
    const store = await open({ maxBytes: 3 * PAGE });
    const cids = await Promise.all([1, 2, 3, 4].map((seed) => getFileCid(bytesOf(10, seed))));
    for (const seed of [1, 2, 3]) await importFile(store, bytesOf(10, seed));
    await store.get(cids[0] as string);
    await importFile(store, bytesOf(10, 4));
    expect(await Promise.all(cids.map((cid) => store.has(cid)))).toEqual([true, false, true, true]);
  });

  it('keeps what is pinned against any flood, over restarts, until the last owner gives it up', async () => {
    const store = await open({ maxBytes: 20 * PAGE });
    const file = bytesOf(7_500);
    const cid = await importShaped(store, file, shape);
    await store.pin(cid, 'job-1');
    await store.pin(cid, 'job-2');
    await fill(store, 60);
    await store.unpin(cid, 'job-1');
    await fill(store, 60);
    const again = await open({ maxBytes: 20 * PAGE });
    expect(again.pins()).toEqual([{ root: cid, owner: 'job-2' }]);
    await fill(again, 60, 2_000);
    expect(await exportFile(again, cid, limits)).toEqual(file);
    await again.unpin(cid, 'job-2');
    await fill(again, 60, 3_000);
    await expect(exportFile(again, cid, limits)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
    expect((await open({ maxBytes: 20 * PAGE })).pins()).toEqual([]);
  });

  it('keeps what is held against any flood until the last holder releases it', async () => {
    const store = await open({ maxBytes: 20 * PAGE });
    const file = bytesOf(7_500);
    const cid = await importShaped(store, file, shape);
    const [first, second] = [store.hold(), store.hold()];
    await first.add(cid);
    await first.add(cid);
    await second.add(cid);
    expect(first.bytes).toBe(files().length * PAGE);
    await fill(store, 60);
    first.release();
    await fill(store, 60);
    expect(await exportFile(store, cid, limits)).toEqual(file);
    second.release();
    expect(second.bytes).toBe(0);
    await fill(store, 60);
    await expect(store.hold().add(cid)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
  });

  it('holds a file while it is put, however little room there is', async () => {
    const store = await open({ maxBytes: 12 * PAGE });
    const file = bytesOf(7_500);
    const hold = store.hold();
    const [cid] = await Promise.all([importShaped(hold, file, shape), fill(store, 60)]);
    await fill(store, 60);
    expect(await exportFile(store, cid, limits)).toEqual(file);
    const large = bytesOf(3 * PAGE);
    await expect(store.put(await cidOf(RAW, large), large)).rejects.toMatchObject({ code: 'CONTENT_FULL' });
    hold.release();
    await store.collect();
    expect(files()).toEqual([]);
  });

  it('gives nothing up because its limit was lowered, before it is asked to', async () => {
    const cid = await importShaped(await open(), bytesOf(7_500), shape);
    await fill(await open(), 20);
    const store = await open({ maxBytes: 12 * PAGE });
    await store.hold().add(cid);
    await store.collect(12 * PAGE);
    expect(store.usedBytes).toBeLessThanOrEqual(12 * PAGE);
    expect(await exportFile(store, cid, limits)).toEqual(bytesOf(7_500));
  });

  it('refuses what is new when all it has is pinned, and loses nothing by that', async () => {
    const store = await open({ maxBytes: 12 * PAGE });
    const file = bytesOf(7_500);
    const cid = await importShaped(store, file, shape);
    await store.pin(cid);
    const large = bytesOf(3 * PAGE);
    await expect(store.put(await cidOf(RAW, large), large)).rejects.toMatchObject({
      code: 'CONTENT_FULL',
      retryable: true,
    });
    await store.collect();
    expect(await exportFile(store, cid, limits)).toEqual(file);
    await store.unpin(cid);
    await store.collect();
    expect(files()).toEqual([]);
    expect(store.usedBytes).toBe(0);
  });

  it('pins only what is there as a whole', async () => {
    const store = await open();
    const file = bytesOf(7_500);
    const cid = await importShaped(store, file, shape);
    await store.delete(await getFileCid(file.subarray(3_000, 4_000)));
    await expect(store.pin(cid)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
    await expect(store.pin(cid, '../../x')).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
    await importShaped(store, file, shape);
    await expect(store.pin(cid, '../../x')).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
    expect(store.pins()).toEqual([]);
    await store.collect();
    expect(files()).toEqual([]);
  });

  it('refuses a CAR that is larger than itself without going over', async () => {
    const source = createMemoryStore();
    const cid = await importShaped(source, bytesOf(200_000), shape);
    const store = await open({ maxBytes: 20 * PAGE });
    const car = await collect(writeCar(source, cid));
    await expect(readCar(store, [car], limits)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
    expect(files().length).toBeLessThanOrEqual(20);
  });

  it('notices what the disk changed, and takes it again', async () => {
    const store = await open();
    const file = bytesOf(800);
    const cid = await importFile(store, file);
    const path = files()[0]?.path as string;
    truncateSync(path, 500);
    await expect(store.get(cid)).rejects.toMatchObject({ code: 'CONTENT_CORRUPT' });
    expect(await store.get(cid)).toBeUndefined();
    await importFile(store, file);
    rmSync(path);
    expect(await store.get(cid)).toBeUndefined();
    await importFile(store, file);
    expect(await store.get(cid)).toEqual(file);
  });

  it('removes what a dead process left half-written, but not what another may be writing', async () => {
    await open();
    const [old, fresh] = ['old', 'fresh'].map((name) => join(folder, 'unfinished', name)) as [string, string];
    for (const path of [old, fresh]) writeFileSync(path, 'half');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(old, longAgo, longAgo);
    writeFileSync(join(folder, 'blocks', 'notes.txt'), 'mine');
    rmSync(join(folder, 'blocks', 'notes.txt'));
    await open();
    expect(readdirSync(join(folder, 'unfinished'))).toEqual(['fresh']);
  });

  it('takes no names but CIDs, and no blocks beyond the limit', async () => {
    const store = await open();
    for (const name of ['../../etc/passwd', '', 'bafy']) {
      await expect(store.put(name, bytesOf(1))).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
      expect(await store.get(name)).toBeUndefined();
      await store.delete(name);
    }
    const huge = new Uint8Array((2 << 20) + 1);
    await expect(store.put(await cidOf(RAW, huge), huge)).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
  });

  it('says that its folder cannot be used, and recovers when it can', async () => {
    writeFileSync(folder, 'a file');
    await expect(open()).rejects.toMatchObject({ code: 'CONTENT_STORE_FAILED' });
    rmSync(folder);
    const store = await open();
    rmSync(folder, { recursive: true });
    const writes = [1, 1, 2].map((seed) => importFile(store, bytesOf(10, seed)));
    for (const each of await Promise.allSettled(writes)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'CONTENT_STORE_FAILED' } });
    }
    expect(store.usedBytes).toBe(0);
  });
});
