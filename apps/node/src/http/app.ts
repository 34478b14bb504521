import type { BlockStore } from '@millrace/content';
import {
  announcementSchema,
  quoteRequestSchema,
  RefusalError,
  ROUTES,
  readRequestSchema,
  signedOf,
  stopSchema,
  submitSchema,
  voucherSchema,
} from '@millrace/protocol/wire';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Hex, isHex } from 'viem';
import { acceptVoucher } from '../channel/accept-voucher.ts';
import { announceChannel } from '../channel/announce.ts';
import { quoteJob } from '../channel/quote.ts';
import type { Core } from '../core.ts';
import { jobStatusOf } from '../job/job-status.ts';
import { stopJob } from '../job/stop-job.ts';
import { submitJobs } from '../job/submit-jobs.ts';
import { answer, answerError } from './answer.ts';
import { addContentRoutes } from './content-routes.ts';
import { askOf, statusOf } from './node-state.ts';
import { readBody } from './read-body.ts';
import { requireChannel, requireSigned } from './signed-request.ts';
import { channelLines, jobLines, streamLines } from './streams.ts';

/** Any id, as Hono writes it in a path. */
const ID = ':id' as Hex;

/** Everything a node answers to the world. */
export function createApp(core: Core, store: BlockStore): Hono {
  const app = new Hono();
  app.use(cors({ origin: '*', exposeHeaders: ['retry-after'] }));
  app.onError((error, context) => answerError(error, context, core.log));
  app.notFound((context) => {
    const refusal = new RefusalError('NOT_FOUND', 'There is nothing here.', { path: context.req.path });
    return answerError(refusal, context, core.log);
  });

  app.get(ROUTES.ask, () => answer(askOf(core)));
  app.get(ROUTES.asks, () => answer({ asks: core.asks.known() }));
  app.get(ROUTES.status, () => answer(statusOf(core)));
  app.post(ROUTES.quotes, async (c) => answer(quoteJob(core, await readBody(c, quoteRequestSchema))));
  addChannelRoutes(app, core);
  addJobRoutes(app, core);
  addContentRoutes(app, store, core.config.http.uploadBytes);
  return app;
}

function addChannelRoutes(app: Hono, core: Core): void {
  const read = signedOf(readRequestSchema);
  app.post(ROUTES.channels, async (c) => {
    const channel = await announceChannel(core, await readBody(c, announcementSchema));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.channel(ID), async (c) => {
    const channel = requireSigned(core, 'read', await readBody(c, read), requireId(c));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.vouchers(ID), async (c) => {
    const channel = requireChannel(core, requireId(c));
    await acceptVoucher(core, channel, await readBody(c, voucherSchema));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.channelEvents(ID), async (c) => {
    const request = await readBody(c, read);
    const channel = requireSigned(core, 'read', request, requireId(c));
    return streamLines((signal) => channelLines(core, channel, request.body.from, signal), c.req.raw);
  });
}

function addJobRoutes(app: Hono, core: Core): void {
  app.post(ROUTES.jobs, async (c) => {
    const submit = await readBody(c, signedOf(submitSchema));
    const channel = requireSigned(core, 'submit', submit, submit.body.channel);
    return answer(await submitJobs(core, channel, submit));
  });
  app.get(ROUTES.job(ID), (c) => answer(jobStatusOf(core, requireId(c))));
  app.get(ROUTES.jobEvents(ID), (c) => {
    const id = requireId(c);
    const from = Number(c.req.query('from') ?? 0);
    if (!Number.isSafeInteger(from) || from < 0) {
      throw new RefusalError('REQUEST_INVALID', '“from” is no number of an event.', {
        from: c.req.query('from'),
      });
    }
    return streamLines((signal) => jobLines(core, id, from, signal), c.req.raw);
  });
  app.post(ROUTES.stop(ID), async (c) => {
    await stopJob(core, requireId(c), await readBody(c, signedOf(stopSchema)));
    return answer(jobStatusOf(core, requireId(c)));
  });
}

/** @throws {@link RefusalError} `REQUEST_INVALID` */
function requireId(context: Context): Hex {
  const id = context.req.param('id')?.toLowerCase();
  if (id !== undefined && id.length === 66 && isHex(id)) return id;
  throw new RefusalError('REQUEST_INVALID', 'An id has 64 hexadecimal digits.');
}
