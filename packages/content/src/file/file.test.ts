import { createHash } from 'node:crypto';
import { isCid } from '@millrace/protocol/compute';
import fc from 'fast-check';
import { exporter } from 'ipfs-unixfs-exporter';
import { importer } from 'ipfs-unixfs-importer';
import { fixedSize } from 'ipfs-unixfs-importer/chunker';
import { balanced } from 'ipfs-unixfs-importer/layout';
import { CID } from 'multiformats/cid';
import { describe, expect, it } from 'vitest';
import { anyFile, bytesOf, collect, inPieces } from '../../test/bytes.ts';
import { ReferenceStore } from '../../test/reference-store.ts';
import { createMemoryStore, type MemoryBlockStore } from '../block/memory-block-store.ts';
import { FILE_SHAPE, getFileCid, importFile, importShaped } from './import-file.ts';
import type { Shape } from './layout.ts';
import { exportFile, readFile } from './read-file.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const MIB = 1 << 20;
const unlimited = { maxBytes: Number.MAX_SAFE_INTEGER };

/** What the library of the IPFS project makes of the same bytes in the same shape. */
async function importByReference(store: ReferenceStore, bytes: Uint8Array, shape: Shape): Promise<CID> {
  const entries = importer([{ content: [bytes] }], store, {
    chunker: fixedSize({ chunkSize: shape.chunkBytes }),
    layout: balanced({ maxChildrenPerNode: shape.linksPerNode }),
    rawLeaves: true,
    cidVersion: 1,
    reduceSingleLeafToSelf: true,
  });
  for await (const { cid } of entries) return cid;
  throw new Error('The importer answered nothing.');
}

async function exportByReference(store: MemoryBlockStore, cid: string): Promise<Uint8Array> {
  const entry = await exporter(cid, ReferenceStore.of(store));
  if (entry.type !== 'file' && entry.type !== 'raw') throw new Error(`${cid} is a ${entry.type}`);
  return collect(entry.content());
}

describe('importFile', patient, () => {
  it('names known bytes as everybody does', async () => {
    // From the test vectors of others: `ipfs add --cid-version=1` of nothing and of "hello world\n".
    expect(await getFileCid(new Uint8Array())).toBe(
      'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
    );
    expect(await getFileCid(new TextEncoder().encode('hello world\n'))).toBe(
      'bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4',
    );
  });

  it('names a file of one chunk by nothing but its SHA-256', async () => {
    for (const size of [1, 1000, MIB]) {
      const bytes = bytesOf(size);
      const digest = createHash('sha256').update(bytes).digest();
      const byHand = CID.decode(new Uint8Array([1, 0x55, 0x12, 32, ...digest])).toString();
      expect(await getFileCid(bytes)).toBe(byHand);
    }
  });

  it('gives the same CID as the library of IPFS, in any shape, however the bytes arrive', async () => {
    const shapes = fc.record({
      chunkBytes: fc.integer({ min: 1, max: 40 }),
      linksPerNode: fc.integer({ min: 2, max: 5 }),
    });
    const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), anyFile(shape.chunkBytes, 30)));
    await fc.assert(
      fc.asyncProperty(cases, fc.array(fc.nat(50), { minLength: 1 }), async ([shape, bytes], sizes) => {
        fc.pre(bytes.length > 0);
        const store = createMemoryStore();
        const cid = await importShaped(store, inPieces(bytes, sizes), shape);
        const theirs = new ReferenceStore();
        expect(cid).toBe((await importByReference(theirs, bytes, shape)).toString());
        expect(isCid(cid)).toBe(true);
        expect(await exportFile(store, cid, unlimited)).toEqual(bytes);
        expect(await exportByReference(store, cid)).toEqual(bytes);
        expect(await exportFile(theirs.asBlockStore(), cid, unlimited)).toEqual(bytes);
      }),
      { numRuns: 80 },
    );
  });

  it('keeps its shape at real size', async () => {
    for (const size of [MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 5]) {
      const bytes = bytesOf(size, size);
      const store = createMemoryStore();
      const cid = await importFile(store, bytes);
      expect(cid).toBe((await importByReference(new ReferenceStore(), bytes, FILE_SHAPE)).toString());
      expect(cid.startsWith(size <= MIB ? 'bafkrei' : 'bafybei')).toBe(true);
      expect(Buffer.compare(await exportFile(store, cid, { maxBytes: size }), bytes)).toBe(0);
      await expect(exportFile(store, cid, { maxBytes: size - 1 })).rejects.toMatchObject({
        code: 'CONTENT_TOO_LARGE',
      });
    }
  });

  it('holds a file of a thousand chunks and one in one tree more', async () => {
    const shape = { chunkBytes: 2, linksPerNode: 1024 };
    for (const chunks of [1024, 1025, 2049]) {
      const bytes = bytesOf(2 * chunks);
      const theirs = await importByReference(new ReferenceStore(), bytes, shape);
      expect(await importShaped(createMemoryStore(), [bytes], shape)).toBe(theirs.toString());
    }
  });
});

describe('readFile', patient, () => {
  it('reads in order without holding the file, and stops when its reader does', async () => {
    const store = createMemoryStore();
    const bytes = bytesOf(100);
    const cid = await importShaped(store, bytes, { chunkBytes: 10, linksPerNode: 3 });
    const asked: string[] = [];
    const watched = {
      get: (each: string) => {
        asked.push(each);
        return store.get(each);
      },
    };
    for await (const piece of readFile(watched, cid, unlimited)) {
      expect(piece).toEqual(bytes.subarray(0, 10));
      break;
    }
    expect(asked.length).toBe(4);
  });

  it('names the block that is missing', async () => {
    const store = createMemoryStore();
    const bytes = bytesOf(100);
    const cid = await importShaped(store, bytes, { chunkBytes: 10, linksPerNode: 3 });
    const leaf = await getFileCid(bytes.subarray(50, 60));
    await store.delete(leaf);
    await expect(exportFile(store, cid, unlimited)).rejects.toMatchObject({
      code: 'CONTENT_NOT_FOUND',
      details: { cid: leaf },
      retryable: true,
    });
  });
});
