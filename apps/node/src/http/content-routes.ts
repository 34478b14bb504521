import { type BlockStore, type CarContent, createGateway, type GatewayOptions } from '@millrace/content';
import type { Context, Hono } from 'hono';
import type { Core } from '../core.ts';
import { describeError } from '../errors.ts';
import { answerError, refusalHeaders } from './answer.ts';
import { toContentRefusal } from './content-refusal.ts';
import { addressOf } from './guard.ts';
import { networkOf } from './network-of.ts';
import { meterPuts } from './upload-budget.ts';

/** Content by its CID: the gateway of `@millrace/content`, with the refusals of a node. */
export function addContentRoutes(app: Hono, core: Core, store: BlockStore): void {
  const options: GatewayOptions = {
    store,
    describeFailure: (error, { method }) => {
      const isUpload = method === 'POST';
      const refusal = toContentRefusal(error, isUpload);
      core.metrics.refused.inc({ code: refusal.code });
      const status = isUpload ? refusal.status : undefined;
      return { status, body: refusal.toRefusal(), headers: refusalHeaders(refusal) };
    },
    onError: (error, { url }) => core.log.error({ url, error: describeError(error) }, 'content failed'),
  };
  const serve = createGateway(options);
  app.post('/ipfs', (context) => takeUpload(core, options, context));
  app.all('/ipfs/*', (context) => serve(context.req.raw));
}

async function takeUpload(core: Core, options: GatewayOptions, context: Context): Promise<Response> {
  const { uploadBytes, uploadBytesPerHour } = core.config.http;
  const metered = meterPuts(options.store);
  let done: ReturnType<typeof core.uploads.take> | undefined;
  let stored: CarContent | undefined;
  const authorize = ({ headers }: Request) => {
    const announced = headers.get('content-length');
    // Whoever does not say how much it is may need all that may be; the gateway refuses what is too much by itself.
    const bytes = announced === null ? Math.min(uploadBytes, uploadBytesPerHour) : Number(announced);
    if (bytes > uploadBytes) return {};
    try {
      done = core.uploads.take(networkOf(addressOf(context)), bytes);
    } catch (error) {
      return answerError(error, context, core);
    }
    const onStored = (content: CarContent) => {
      stored = content;
    };
    return { maxBytes: bytes, onStored };
  };
  const upload = { maxBytes: uploadBytes, authorize };
  const response = await createGateway({ ...options, store: metered.store, upload })(context.req.raw);
  done?.(metered.bytes(), stored?.root);
  return response;
}
