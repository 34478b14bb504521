import { createMemoryStore, fetchFile, getFileCid, importFile, uploadFile } from '@millrace/content';
import { devnetAccount } from '@millrace/devnet';
import { refusalSchema } from '@millrace/protocol/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkOf } from '../src/http/network-of.ts';
import { meterPuts, UploadBudget } from '../src/http/upload-budget.ts';
import { type RunningNode, startNode } from '../src/index.ts';
import { ECHO } from './modules.ts';
import { createRenter, specOf } from './renter.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  node = await startNode({ config: world.config('a'), account: devnetAccount(1) });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

const bytesOf = (length: number) => crypto.getRandomValues(new Uint8Array(length));

it('takes and gives files as any trustless gateway does', async () => {
  const store = createMemoryStore();
  const file = new Uint8Array(3 * 2 ** 20).map((_, at) => at * at);
  const cid = await importFile(store, file);
  await uploadFile(store, node.endpoint, cid);
  const fetched = await fetchFile([node.endpoint], cid, { maxBytes: file.length });
  expect(Buffer.compare(fetched, file)).toBe(0);
  const at = `${node.endpoint}/ipfs/${cid}?format=car`;
  const head = await fetch(at, { method: 'HEAD' });
  expect(head.status).toBe(200);
  const etag = head.headers.get('etag') ?? '';
  expect((await fetch(at, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const page = await fetch(at, { headers: { origin: 'https://page.example' } });
  expect(page.headers.get('access-control-allow-origin')).toBe('*');
  await page.body?.cancel();
});

it('says no in the words of a node and in those of a gateway', async () => {
  const missing = await getFileCid(bytesOf(10));
  await expect(fetchFile([node.endpoint], missing, { maxBytes: 10 })).rejects.toMatchObject({
    code: 'CONTENT_NOT_FOUND',
  });
  const said = await (await fetch(`${node.endpoint}/ipfs/${missing}?format=raw`)).json();
  expect(refusalSchema.parse(said).code).toBe('NOT_FOUND');
  expect(said).toMatchObject({ error: { code: 'CONTENT_NOT_FOUND' } });
  for (const [path, status, code] of [
    ['/ipfs/hello?format=raw', 400, 'REQUEST_INVALID'],
    [`/ipfs/${missing}?format=tar`, 406, 'REQUEST_INVALID'],
  ] as const) {
    const response = await fetch(node.endpoint + path);
    expect(response.status).toBe(status);
    expect(refusalSchema.parse(await response.json()).code).toBe(code);
  }
});

it('gives a small result, which is in no file, by its CID, and takes it as the input of another job', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 2, module: ECHO });
  await renter.announce();
  const module = await renter.upload(ECHO);
  const bytes = bytesOf(100);
  const run = async (input: string) => {
    const before = (await renter.follow((events) => events.some(({ type }) => type === 'account'))).filter(
      ({ type }) => type === 'ended',
    ).length;
    await renter.submit([specOf(module, { inputs: [input] })]);
    const ends = (
      await renter.follow((events) => events.filter(({ type }) => type === 'ended').length > before)
    ).filter(({ type }) => type === 'ended');
    return ends.at(-1).receipt.receipt;
  };
  const { result } = await run(await renter.upload(bytes));
  expect(await fetchFile([node.endpoint], result, { maxBytes: 100 })).toEqual(bytes);
  expect((await run(result)).outcome).toBe('DONE');
});

it('lets each address bring so much an hour that no job uses, counted as the disk does', () => {
  const page = 4_096;
  const budget = new UploadBudget(10 * page);
  const take = (bytes: number, source = 'a') => budget.take(source, bytes);
  const limit = expect.objectContaining({ code: 'UPLOAD_LIMIT' });
  take(4 * page)(4 * page, 'used');
  // Many small blocks take more than was announced.
  take(page)(6 * page, 'small blocks');
  expect(() => take(page)).toThrow(limit);
  take(10 * page, 'b')(0, undefined);
  take(10 * page, 'b');
  budget.use(['used', 'elsewhere']);
  budget.use(['used']);
  expect(() => take(5 * page)).toThrow(limit);
  take(4 * page)(4 * page, undefined);
  expect(() => take(page)).toThrow(limit);
});

it('counts a block that was here already as nothing', async () => {
  const metered = meterPuts(createMemoryStore());
  const cid = await importFile(metered.store, bytesOf(5_000));
  expect(metered.bytes()).toBe(8_192);
  const block = (await metered.store.get(cid)) as Uint8Array;
  await metered.store.put(cid, block);
  expect(metered.bytes()).toBe(8_192);
});

it('counts whoever may have many addresses for nothing as one', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('::ffff:192.0.2.7');
  expect(networkOf('unknown')).toBe('unknown');
  const one = networkOf('2001:db8:0:1::1');
  expect(one).toBe('2001:db8:0:1::/64');
  expect(networkOf('2001:0db8:0000:0001:ffff:1:2:3')).toBe(one);
  expect(networkOf('2001:db8:0:2::1')).not.toBe(one);
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});
