import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bytesOf } from '../../test/bytes.ts';
import { putLeaf, putLinks, putTower } from '../../test/hostile.ts';
import { serve } from '../../test/http-server.ts';
import { createMemoryStore } from '../block/memory-block-store.ts';
import { requireAll } from '../block/walk-blocks.ts';
import { verifyBlock } from '../cid.ts';
import { getFileCid, importFile, importShaped } from '../file/import-file.ts';
import { createGateway } from '../gateway/gateway.ts';
import { fetchFile, fetchIntoStore } from './fetch-file.ts';
import { uploadFile } from './upload-file.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const shape = { chunkBytes: 1_000, linksPerNode: 4 };
const file = bytesOf(20_500);
const limits = { maxBytes: 100_000, stallSeconds: 20 };
const DEAD = 'http://127.0.0.1:1';

const full = createMemoryStore();
const cid = await importShaped(full, file, shape);
const leaves = await Promise.all(
  [0, 7, 15].map((at) => getFileCid(file.subarray(at * 1_000, at * 1_000 + 1_000))),
);

/** A gateway that has all, and what it was asked for. */
async function serveAll(store = full) {
  const asked: string[] = [];
  const gateway = createGateway({ store });
  const url = await serve((request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(pathname.slice(6) + search);
    return gateway(request);
  });
  return { url, asked };
}

/** A gateway that changes what an honest one answers. */
async function serveChanged(change: (bytes: Uint8Array) => Uint8Array) {
  const gateway = createGateway({ store: full });
  return serve(async (request) => {
    const honest = await gateway(request);
    const bytes = change(new Uint8Array(await honest.arrayBuffer()));
    const headers = { 'content-type': honest.headers.get('content-type') ?? '' };
    return new Response(bytes as Uint8Array<ArrayBuffer>, { status: honest.status, headers });
  });
}

const flip = (bytes: Uint8Array) => {
  const changed = bytes.slice();
  const at = Math.floor(bytes.length * 0.6);
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
};

describe('fetchFile', patient, () => {
  it('gets a file in one request, of real size and of nothing', async () => {
    for (const size of [0, 5, 2_500_000]) {
      const store = createMemoryStore();
      const bytes = bytesOf(size);
      const name = await importFile(store, bytes);
      const { url, asked } = await serveAll(store);
      const got = await fetchFile([`${url}/`], name, { maxBytes: size });
      expect(Buffer.compare(got, bytes)).toBe(0);
      expect(asked).toEqual([`${name}?format=car&dag-scope=entity`]);
    }
  });

  it('gets past gateways that are dead, empty, broken or lying', async () => {
    const empty = await serveAll(createMemoryStore());
    const broken = await serve(() => new Response('oops', { status: 500 }));
    const page = await serve(
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    );
    const lying = await serveChanged(flip);
    const torn = await serveChanged((bytes) => bytes.subarray(0, bytes.length * 0.7));
    const other = await serveChanged(() => bytesOf(5_000, 3));
    const honest = await serveAll();
    const all = [DEAD, 'nonsense', empty.url, broken, page, lying, torn, other];
    for (const bad of [...all.map((one) => [one]), all, all.toReversed()]) {
      expect(await fetchFile([...bad, honest.url], cid, limits)).toEqual(file);
    }
  });

  it('goes on from what a gateway sent whole, block by block', async () => {
    const torn = await serveChanged((bytes) => bytes.subarray(0, bytes.length - 2_000));
    const honest = await serveAll();
    await fetchFile([torn, honest.url], cid, limits);
    expect(honest.asked.every((each) => each.endsWith('?format=raw'))).toBe(true);
    expect(honest.asked.length).toBeLessThan(5);
  });

  it('asks again where a connection broke', async () => {
    let count = 0;
    const gateway = createGateway({ store: full });
    const url = await serve((request) => {
      if (count++ > 0) return gateway(request);
      const half = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error('cut')),
      });
      return new Response(half, { headers: { 'content-type': 'application/vnd.ipld.car' } });
    });
    expect(await fetchFile([url], cid, limits)).toEqual(file);
  });

  it('puts one together from gateways that each have a part', async () => {
    const parts = await Promise.all(
      leaves.map(async (missing) => {
        const store = createMemoryStore();
        await fetchIntoStore(store, [(await serveAll()).url], cid, limits);
        await Promise.all(leaves.filter((leaf) => leaf !== missing).map((leaf) => store.delete(leaf)));
        return (await serveAll(store)).url;
      }),
    );
    expect(await fetchFile(parts, cid, limits)).toEqual(file);
    await expect(fetchFile(parts.slice(1), cid, limits)).rejects.toMatchObject({
      details: { cid: leaves[0] },
    });
  });

  it('believes nothing: what is kept is what it says, whatever was sent', async () => {
    for (const change of [
      flip,
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2),
      () => bytesOf(900, 5),
    ]) {
      const store = createMemoryStore();
      const kept: string[] = [];
      const watched = {
        ...store,
        put: async (each: string, bytes: Uint8Array) => {
          await verifyBlock(each, bytes);
          kept.push(each);
          return store.put(each, bytes);
        },
      };
      const url = await serveChanged(change);
      await expect(fetchIntoStore(watched, [url], cid, limits)).rejects.toMatchObject({
        code: 'CONTENT_CORRUPT',
        fault: 'provider',
      });
      await expect(requireAll(store, cid)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
      for (const each of kept) expect(await full.has(each)).toBe(true);
    }
  });

  it('tells nobody has it from nobody answers', async () => {
    const empty = await serveAll(createMemoryStore());
    await expect(fetchFile([empty.url, empty.url], cid, limits)).rejects.toMatchObject({
      code: 'CONTENT_NOT_FOUND',
    });
    await expect(fetchFile([DEAD, empty.url], cid, limits)).rejects.toMatchObject({
      code: 'CONTENT_UNREACHABLE',
      retryable: true,
      details: { gateways: expect.arrayContaining([expect.objectContaining({ gateway: DEAD })]) },
    });
    await expect(fetchFile([], cid, limits)).rejects.toMatchObject({ code: 'CONTENT_UNREACHABLE' });
    await expect(fetchFile([DEAD], 'Qm', limits)).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
  });

  it('refuses by the first block what is too large or no file', async () => {
    const { url, asked } = await serveAll();
    await expect(fetchFile([url, url], cid, { ...limits, maxBytes: 20_499 })).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    expect(asked.length).toBe(1);
    const tower = await putTower(5, 100);
    const endless = await serveAll(tower.store);
    await expect(fetchFile([endless.url], tower.root, limits)).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    const store = createMemoryStore();
    const leaf = await putLeaf(store, bytesOf(5));
    const noFile = await putLinks(store, [leaf], new Uint8Array());
    await expect(fetchFile([(await serveAll(store)).url], noFile, limits)).rejects.toMatchObject({
      code: 'CONTENT_INVALID',
    });
  });

  it('stops a gateway that sends without end', async () => {
    let sent = 0;
    const endless = await serve(() => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent += 100_000;
          controller.enqueue(new Uint8Array(100_000).fill(1));
        },
      });
      return new Response(stream, { headers: { 'content-type': 'application/vnd.ipld.car' } });
    });
    await expect(fetchFile([endless], cid, limits)).rejects.toMatchObject({ code: 'CONTENT_CORRUPT' });
    expect(sent).toBeLessThan(20_000_000);
  });

  it('gives up a gateway that stalls or drips, and stops when its caller does', async () => {
    const server = createServer((request, response) => {
      response.writeHead(200, { 'content-type': request.headers.accept });
      const timer = setInterval(() => response.write(Uint8Array.of(0x3a)), 100);
      response.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const dripping = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const honest = await serveAll();
    expect(await fetchFile([dripping, honest.url], cid, { ...limits, stallSeconds: 2 })).toEqual(file);
    await expect(fetchFile([dripping], cid, { ...limits, stallSeconds: 0.3 })).rejects.toMatchObject({
      code: 'CONTENT_UNREACHABLE',
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 200);
    const stopped = fetchFile([dripping, honest.url], cid, { ...limits, signal: controller.signal });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('follows nobody elsewhere', async () => {
    const honest = await serveAll();
    const sends = await serve((request) =>
      Response.redirect(`${honest.url}${new URL(request.url).pathname}?format=car`, 302),
    );
    await expect(fetchFile([sends], cid, limits)).rejects.toMatchObject({ code: 'CONTENT_UNREACHABLE' });
    expect(honest.asked).toEqual([]);
  });
});

describe('fetchIntoStore', patient, () => {
  it('asks only for what is missing', async () => {
    const store = createMemoryStore();
    const first = await serveAll();
    await fetchIntoStore(store, [first.url], cid, limits);
    await store.delete(leaves[1] as string);
    const second = await serveAll();
    await fetchIntoStore(store, [second.url], cid, limits);
    expect(second.asked).toEqual([`${leaves[1]}?format=raw`]);
    await fetchIntoStore(store, [DEAD], cid, limits);
  });

  it('says that the store here is full, and blames no gateway', async () => {
    const { url } = await serveAll();
    const small = createMemoryStore({ maxBytes: 600 });
    await expect(fetchIntoStore(small, [url], cid, limits)).rejects.toMatchObject({ code: 'CONTENT_FULL' });
  });
});

describe('uploadFile', patient, () => {
  it('sends all of a file, and says why it was refused', async () => {
    const store = createMemoryStore();
    const authorize = (request: Request) =>
      request.headers.get('x-key') === '1' ? {} : Response.json({}, { status: 401 });
    const url = await serve(createGateway({ store, upload: { maxBytes: 30_000, authorize } }));
    await expect(uploadFile(full, url, cid)).rejects.toMatchObject({ code: 'CONTENT_REFUSED' });
    await uploadFile(full, url, cid, { headers: { 'x-key': '1' } });
    expect(await fetchFile([url], cid, limits)).toEqual(file);
    const large = await importShaped(full, bytesOf(40_000), shape);
    await expect(uploadFile(full, url, large, { headers: { 'x-key': '1' } })).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
    await expect(uploadFile(createMemoryStore(), url, cid)).rejects.toMatchObject({
      code: 'CONTENT_NOT_FOUND',
    });
    await expect(uploadFile(full, DEAD, cid)).rejects.toMatchObject({ code: 'CONTENT_UNREACHABLE' });
  });
});
