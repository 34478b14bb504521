import { CarReader } from '@ipld/car';
import { UnixFS } from 'ipfs-unixfs';
import { describe, expect, it } from 'vitest';
import { bytesOf, collect } from '../../test/bytes.ts';
import { putLinks } from '../../test/hostile.ts';
import { serve } from '../../test/http-server.ts';
import { createMemoryStore } from '../block/memory-block-store.ts';
import { walkBlocks } from '../block/walk-blocks.ts';
import { writeCar } from '../car/write-car.ts';
import { getFileCid, importShaped } from '../file/import-file.ts';
import { exportFile } from '../file/read-file.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';

/** Other work may share the machine. */
const patient = { timeout: 60_000 };

const shape = { chunkBytes: 1_000, linksPerNode: 4 };
const file = bytesOf(7_500);

async function setUp(options: Partial<GatewayOptions> = {}) {
  const store = createMemoryStore();
  const cid = await importShaped(store, file, shape);
  const url = await serve(createGateway({ store, ...options }));
  return { store, cid, url };
}

const errorOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return ((await response.json()) as { error: { code: string; details?: object } }).error;
};

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const FULL_ACCESS = { maxBytes: 100_000, authorize: () => ({}) };
const carType = { 'content-type': 'application/vnd.ipld.car' };

describe('GET /ipfs/<cid>', patient, () => {
  it('gives a block, with the headers of the specification', async () => {
    const { store, cid, url } = await setUp();
    for (const [query, accept] of [
      ['?format=raw', '*/*'],
      ['', 'application/vnd.ipld.raw'],
      ['?format=raw', 'application/vnd.ipld.car'],
      ['', 'text/html;q=0.2, application/vnd.ipld.car;q=0.5, application/vnd.ipld.raw;q=0.9'],
    ]) {
      const response = await fetch(`${url}/ipfs/${cid}${query}`, { headers: { accept: accept as string } });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/vnd.ipld.raw',
        'content-disposition': `attachment; filename="${cid}.bin"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=29030400, immutable',
        etag: `"${cid}.raw"`,
        'access-control-allow-origin': '*',
        'x-ipfs-roots': cid,
        'x-ipfs-path': `/ipfs/${cid}`,
      });
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(await store.get(cid));
    }
  });

  it('gives a CAR that others can read', async () => {
    const { store, cid, url } = await setUp();
    const response = await fetch(`${url}/ipfs/${cid}?format=car`);
    expect(response.headers.get('content-type')).toBe(
      'application/vnd.ipld.car; version=1; order=dfs; dups=n',
    );
    expect(response.headers.get('etag')).toBe(`"${cid}.car.all"`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes).toEqual(await collect(writeCar(store, cid)));
    const car = await CarReader.fromBytes(bytes);
    const names = (await all(car.blocks())).map((block) => block.cid.toString());
    expect(names).toEqual(await all(walkBlocks(store, cid)));
  });

  it('gives as much of it as is asked for', async () => {
    const { store, cid, url } = await setUp();
    const directory = await putLinks(store, [cid], new UnixFS({ type: 'directory' }).marshal());
    const count = async (root: string, query: string) => {
      const response = await fetch(`${url}/ipfs/${root}?format=car&${query}`);
      const car = await CarReader.fromBytes(new Uint8Array(await response.arrayBuffer()));
      return [(await all(car.blocks())).length, response.headers.get('etag')];
    };
    expect(await count(cid, 'dag-scope=block')).toEqual([1, `"${cid}.car.block"`]);
    expect(await count(cid, 'dag-scope=entity')).toEqual([11, `"${cid}.car.entity"`]);
    expect(await count(cid, 'entity-bytes=0:*')).toEqual([11, `"${cid}.car.entity"`]);
    expect(await count(directory, 'dag-scope=entity')).toEqual([1, `"${directory}.car.entity"`]);
    expect(await count(directory, 'dag-scope=all')).toEqual([12, `"${directory}.car.all"`]);
  });

  it('answers HEAD, a known tag, a probe and a page from elsewhere', async () => {
    const { store, cid, url } = await setUp();
    const head = await fetch(`${url}/ipfs/${cid}?format=raw`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String((await store.get(cid))?.length));
    const missing = await getFileCid(bytesOf(3));
    expect((await fetch(`${url}/ipfs/${missing}?format=car`, { method: 'HEAD' })).status).toBe(404);
    const headers = { 'if-none-match': `"other", W/"${cid}.car.all"` };
    expect((await fetch(`${url}/ipfs/${cid}?format=car`, { headers })).status).toBe(304);
    expect((await fetch(`${url}/ipfs/${cid}?format=raw`, { headers })).status).toBe(200);
    for (const format of ['raw', 'car']) {
      const probe = await fetch(`${url}/ipfs/bafkqaaa?format=${format}`);
      expect(probe.status).toBe(200);
      const bytes = new Uint8Array(await probe.arrayBuffer());
      if (format === 'raw') expect(bytes.length).toBe(0);
      else expect((await (await CarReader.fromBytes(bytes)).getRoots()).map(String)).toEqual(['bafkqaaa']);
    }
    const preflight = await fetch(`${url}/ipfs`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });

  it('says what it cannot give, for people and programs', async () => {
    const gone = await getFileCid(bytesOf(4));
    const { cid, url } = await setUp({ isGone: (each) => each === gone });
    const missing = await getFileCid(bytesOf(3));
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(url + path, { headers });
      return [response.status, (await errorOf(response)).code];
    };
    expect(await get(`/ipfs/${missing}?format=raw`)).toEqual([404, 'CONTENT_NOT_FOUND']);
    expect(await get(`/ipfs/${missing}?format=car`)).toEqual([404, 'CONTENT_NOT_FOUND']);
    expect(await get(`/ipfs/${missing}?format=car`, { 'cache-control': 'only-if-cached' })).toEqual([
      412,
      'CONTENT_NOT_FOUND',
    ]);
    expect(await get(`/ipfs/${gone}?format=car`)).toEqual([410, 'CONTENT_GONE']);
    expect(await get(`/ipfs/${cid}`, { accept: 'text/html' })).toEqual([406, 'CONTENT_INVALID']);
    expect(await get(`/ipfs/${cid}?format=tar`)).toEqual([406, 'CONTENT_INVALID']);
    expect(await get(`/ipfs/${cid}?format=car&car-version=2`)).toEqual([406, 'CONTENT_INVALID']);
    expect(await get(`/ipfs/${cid}`, { accept: 'application/vnd.ipld.car; version=2' })).toEqual([
      406,
      'CONTENT_INVALID',
    ]);
    for (const path of [
      '/ipfs/hello?format=raw',
      `/ipfs/${cid}/a/b?format=car`,
      `/ipfs/${cid}?format=car&dag-scope=some`,
      `/ipfs/${cid}?format=car&entity-bytes=5:9`,
      `/ipfs/${'b'.repeat(500)}?format=raw`,
      '/ipfs/?format=raw',
    ]) {
      expect(await get(path)).toEqual([400, 'CONTENT_INVALID']);
    }
    expect(await get('/elsewhere')).toEqual([404, 'CONTENT_INVALID']);
    const unasked = await createGateway({ store: createMemoryStore() })(new Request(`${url}/ipfs/${cid}`));
    expect(unasked.status).toBe(400);
    expect((await fetch(`${url}/ipfs/${cid}`, { method: 'DELETE' })).status).toBe(405);
  });

  it('breaks a CAR off where a block is missing', async () => {
    const { store, cid, url } = await setUp();
    await store.delete(await getFileCid(file.subarray(3_000, 4_000)));
    const response = await fetch(`${url}/ipfs/${cid}?format=car`);
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('fails in the words of the server that it is a part of', async () => {
    const describeFailure: GatewayOptions['describeFailure'] = ({ code }, { method }) => ({
      body: { code: `MY_${code}` },
      ...(method === 'POST' && { status: 422, headers: { 'retry-after': '7' } }),
    });
    const { url } = await setUp({ describeFailure });
    const missing = await fetch(`${url}/ipfs/${await getFileCid(bytesOf(3))}?format=raw`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({
      code: 'MY_CONTENT_NOT_FOUND',
      error: { code: 'CONTENT_NOT_FOUND' },
    });
    const refused = await fetch(`${url}/ipfs`, { method: 'POST', body: 'no car' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([422, '7']);
    expect(await refused.json()).toMatchObject({ code: 'MY_CONTENT_REFUSED' });
  });

  it('tells strangers nothing of what failed inside', async () => {
    const told: unknown[] = [];
    const failing = {
      ...createMemoryStore(),
      get: async () => {
        throw new Error('EACCES /home/me/secret');
      },
    };
    const { cid, url } = await setUp({ store: failing, onError: (error) => told.push(error) });
    const response = await fetch(`${url}/ipfs/${cid}?format=raw`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret|EACCES/);
    expect(String(told)).toContain('secret');
  });
});

describe('POST /ipfs', patient, () => {
  it('takes a CAR of those who may, and tells when all of it is there', async () => {
    const source = createMemoryStore();
    const cid = await importShaped(source, bytesOf(5_000, 9), shape);
    const car = await collect(writeCar(source, cid));
    const stored: string[] = [];
    const { store, url } = await setUp({
      upload: {
        maxBytes: 100_000,
        authorize: (request) =>
          request.headers.get('authorization') === 'Bearer me'
            ? { maxBytes: car.length, onStored: ({ root }) => void stored.push(root) }
            : Response.json({ code: 'PAY_FIRST' }, { status: 402 }),
      },
    });
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(`${url}/ipfs`, { method: 'POST', body, headers: { ...carType, ...headers } });
    const refused = await post(car);
    expect([refused.status, await refused.json()]).toEqual([402, { code: 'PAY_FIRST' }]);
    expect(await store.has(cid)).toBe(false);

    const me = { authorization: 'Bearer me' };
    const taken = await post(car, me);
    expect(taken.status).toBe(201);
    expect(taken.headers.get('location')).toBe(`/ipfs/${cid}`);
    expect(await taken.json()).toMatchObject({ cid, blocks: 8 });
    expect(stored).toEqual([cid]);
    expect(await exportFile(store, cid, { maxBytes: 5_000 })).toEqual(bytesOf(5_000, 9));

    const larger = await collect(writeCar(source, await importShaped(source, bytesOf(9_000, 8), shape)));
    expect((await errorOf(await post(larger, me))).code).toBe('CONTENT_TOO_LARGE');
  });

  it('refuses what is torn, changed, incomplete, too long or no CAR', async () => {
    const source = createMemoryStore();
    const cid = await importShaped(source, bytesOf(5_000, 9), shape);
    const car = await collect(writeCar(source, cid));
    const { url } = await setUp({ upload: FULL_ACCESS });
    const changed = car.slice();
    changed[car.length - 5] = (changed[car.length - 5] as number) ^ 1;
    const first = await collect(writeCar(source, cid, { scope: 'block' }));
    const post = async (
      body: Uint8Array<ArrayBuffer> | string | null,
      headers: Record<string, string> = carType,
    ) => {
      const response = await fetch(`${url}/ipfs`, { method: 'POST', body, headers, duplex: 'half' });
      return [response.status, (await errorOf(response)).code];
    };
    expect(await post(car.subarray(0, car.length - 3))).toEqual([400, 'CONTENT_CORRUPT']);
    expect(await post(changed)).toEqual([400, 'CONTENT_CORRUPT']);
    expect(await post(first)).toEqual([400, 'CONTENT_NOT_FOUND']);
    expect(await post('hello '.repeat(50))).toEqual([400, 'CONTENT_INVALID']);
    expect(await post(null)).toEqual([400, 'CONTENT_INVALID']);
    expect(await post(car, { 'content-type': 'image/png' })).toEqual([415, 'CONTENT_INVALID']);
    expect(await post(new Uint8Array(100_001))).toEqual([413, 'CONTENT_TOO_LARGE']);
    const closed = await setUp();
    const refused = await fetch(`${closed.url}/ipfs`, { method: 'POST', body: car, headers: carType });
    expect([refused.status, (await errorOf(refused)).code]).toEqual([405, 'CONTENT_REFUSED']);
  });

  it('says that it has no room', async () => {
    const source = createMemoryStore();
    const cid = await importShaped(source, bytesOf(5_000, 9), shape);
    const { url } = await setUp({ store: createMemoryStore({ maxBytes: 500 }), upload: FULL_ACCESS });
    const body = await collect(writeCar(source, cid));
    const response = await fetch(`${url}/ipfs`, { method: 'POST', body, headers: carType });
    expect([response.status, (await errorOf(response)).code]).toEqual([507, 'CONTENT_FULL']);
  });
});
