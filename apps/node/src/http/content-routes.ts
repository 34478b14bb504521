import { type BlockStore, ContentError, readCar, writeCar } from '@millrace/content';
import { isCid } from '@millrace/protocol/compute';
import { RefusalError } from '@millrace/protocol/wire';
import type { Hono } from 'hono';
import { answer } from './answer.ts';

/** Content by its CID: a block, or a CAR of all of it. */
export function addContentRoutes(app: Hono, store: BlockStore, uploadBytes: number): void {
  app.post('/ipfs', async (c) => {
    const body = (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>;
    try {
      return answer(await readCar(store, body, { maxBytes: uploadBytes }));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      const isLarge = error.code === 'CONTENT_TOO_LARGE';
      throw new RefusalError(isLarge ? 'REQUEST_TOO_LARGE' : 'CONTENT_INVALID', error.shortMessage, {
        reason: error.code,
      });
    }
  });
  app.get('/ipfs/:cid', async (c) => {
    const cid = c.req.param('cid');
    const block = isCid(cid) ? await store.get(cid) : undefined;
    if (block === undefined)
      throw new RefusalError('NOT_FOUND', `The content ${cid.slice(0, 80)} is not here.`);
    if (c.req.query('format') !== 'car') {
      return new Response(block as Uint8Array<ArrayBuffer>, {
        headers: { 'content-type': 'application/vnd.ipld.raw' },
      });
    }
    const car = writeCar(store, cid);
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const { value, done } = await car.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/vnd.ipld.car' } });
  });
}
