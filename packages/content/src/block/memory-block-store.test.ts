import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../test/bytes.ts';
import { cidOf, RAW } from '../cid.ts';
import { createMemoryStore } from './memory-block-store.ts';

async function block(size: number, seed: number) {
  const bytes = bytesOf(size, seed);
  return { cid: await cidOf(RAW, bytes), bytes };
}

describe('createMemoryStore', () => {
  it('makes room by giving up what was not used for longest', async () => {
    const store = createMemoryStore({ maxBytes: 4_000 });
    const [a, b, c] = [await block(1_500, 1), await block(1_500, 2), await block(1_500, 3)];
    await store.put(a.cid, a.bytes);
    await store.put(b.cid, b.bytes);
    expect(await store.get(a.cid)).toEqual(a.bytes);
    await store.put(c.cid, c.bytes);
    expect([await store.has(a.cid), await store.has(b.cid), await store.has(c.cid)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(store.usedBytes).toBeLessThanOrEqual(4_000);
    await store.put(c.cid, c.bytes);
    await store.delete(c.cid);
    await store.delete(a.cid);
    expect(store.usedBytes).toBe(0);
  });

  it('refuses what does not fit, and is not filled by blocks of nothing', async () => {
    const store = createMemoryStore({ maxBytes: 4_000 });
    const large = await block(4_000, 1);
    await expect(store.put(large.cid, large.bytes)).rejects.toMatchObject({ code: 'CONTENT_FULL' });
    for (let seed = 1; seed < 100; seed++) {
      const tiny = await block(1, seed);
      await store.put(tiny.cid, tiny.bytes);
    }
    expect(store.usedBytes).toBeLessThanOrEqual(4_000);
  });

  it('keeps no larger buffer alive than a block', async () => {
    const store = createMemoryStore();
    const whole = bytesOf(100_000);
    const part = whole.subarray(10, 20);
    const cid = await cidOf(RAW, part);
    await store.put(cid, part);
    expect((await store.get(cid))?.buffer.byteLength).toBe(10);
    whole.fill(0);
    expect(await store.get(cid)).toEqual(bytesOf(100_000).subarray(10, 20));
  });
});
