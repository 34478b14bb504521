import type { BlockStore } from '@millrace/content';
import {
  announcementSchema,
  bidRequestSchema,
  escrowSchema,
  MOST_ASK_BYTES,
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
import { acceptEscrow } from '../escrow/accept-escrow.ts';
import { createBidder } from '../escrow/bid.ts';
import type { EscrowJobs } from '../escrow/escrow-jobs.ts';
import type { AskExchange } from '../gossip/ask-exchange.ts';
import { jobStatusOf } from '../job/job-status.ts';
import { stopJob } from '../job/stop-job.ts';
import { submitJobs } from '../job/submit-jobs.ts';
import { addMetricsRoutes } from '../operator/metrics.ts';
import { addOperatorRoutes } from '../operator/routes.ts';
import { answer, answerError } from './answer.ts';
import { addContentRoutes } from './content-routes.ts';
import { addressOf, limitRate, StreamLimit } from './guard.ts';
import { askOf, statusOf } from './node-state.ts';
import { readBody, readText } from './read-body.ts';
import { receiptsPage } from './receipts-page.ts';
import { requireChannel, requireSigned } from './signed-request.ts';
import { channelLines, jobLines, streamLines } from './streams.ts';

/** Any id, as Hono writes it in a path. */
const ID = ':id' as Hex;

/** What a page may read of an answer; the latter are of content. */
const EXPOSED = [
  'retry-after',
  'content-length',
  'content-disposition',
  'etag',
  'x-ipfs-path',
  'x-ipfs-roots',
];

const VOUCHERS_PER_SECOND = 20;
const BIDS_PER_SECOND = 20;

/** Everything a node answers to the world. */
export function createApp(
  core: Core,
  { store, escrow, asks, token }: { store: BlockStore; escrow: EscrowJobs; asks: AskExchange; token: string },
): Hono {
  const { http } = core.config;
  const app = new Hono();
  app.use(cors({ origin: '*', exposeHeaders: EXPOSED }));
  app.use(limitRate(http.requestsPerSecond));
  app.onError((error, context) => answerError(error, context, core));
  app.notFound((context) => {
    const refusal = new RefusalError('NOT_FOUND', 'There is nothing here.', { path: context.req.path });
    return answerError(refusal, context, core);
  });

  app.get(ROUTES.ask, () => answer(askOf(core)));
  app.get(ROUTES.asks, () => answer({ asks: asks.asks() }));
  app.post(ROUTES.asks, async (c) => {
    const message = new TextEncoder().encode(await readText(c.req.raw, MOST_ASK_BYTES));
    const { verdict, reason } = await asks.offer(message, addressOf(c));
    if (verdict === 'reject') throw new RefusalError('REQUEST_INVALID', `This ask is not good: ${reason}.`);
    return answer({ verdict, reason });
  });
  app.get(ROUTES.status, () => answer(statusOf(core, asks.peers())));
  app.post(ROUTES.quotes, async (c) => answer(quoteJob(core, await readBody(c, quoteRequestSchema))));
  const streams = new StreamLimit(http.streamsPerAddress);
  addChannelRoutes(app, core, streams);
  addJobRoutes(app, core, streams);
  addEscrowRoutes(app, core, escrow);
  addContentRoutes(app, core, store);
  addOperatorRoutes(app, core, asks, token);
  addMetricsRoutes(app, core, asks, token);
  return app;
}

function addChannelRoutes(app: Hono, core: Core, streams: StreamLimit): void {
  const read = signedOf(readRequestSchema);
  app.post(ROUTES.channels, async (c) => {
    const channel = await announceChannel(core, await readBody(c, announcementSchema));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.channel(ID), async (c) => {
    const channel = requireSigned(core, 'read', await readBody(c, read), requireId(c));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.receipts(ID), async (c) => {
    const request = await readBody(c, read);
    const channel = requireSigned(core, 'read', request, requireId(c));
    return answer(receiptsPage(core, channel, request.body.from));
  });
  // A signature of the EVM costs four milliseconds: who guesses must not take them from others.
  const perChannel = limitRate(VOUCHERS_PER_SECOND, (c) => `${addressOf(c)} ${c.req.param('id')}`);
  app.post(ROUTES.vouchers(ID), perChannel, async (c) => {
    const channel = requireChannel(core, requireId(c));
    await acceptVoucher(core, channel, await readBody(c, voucherSchema));
    return answer(channel.view(performance.now()));
  });
  app.post(ROUTES.channelEvents(ID), async (c) => {
    const request = await readBody(c, read);
    const channel = requireSigned(core, 'read', request, requireId(c));
    const onOver = streams.enter(addressOf(c));
    return streamLines((signal) => channelLines(core, channel, request.body.from, signal), c.req.raw, onOver);
  });
}

function addJobRoutes(app: Hono, core: Core, streams: StreamLimit): void {
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
    const onOver = streams.enter(addressOf(c));
    return streamLines((signal) => jobLines(core, id, from, signal), c.req.raw, onOver);
  });
  app.post(ROUTES.stop(ID), async (c) => {
    await stopJob(core, requireId(c), await readBody(c, signedOf(stopSchema)));
    return answer(jobStatusOf(core, requireId(c)));
  });
}

function addEscrowRoutes(app: Hono, core: Core, escrow: EscrowJobs): void {
  const bid = createBidder(core);
  app.post(ROUTES.bids, limitRate(BIDS_PER_SECOND), async (c) =>
    answer(await bid(await readBody(c, bidRequestSchema))),
  );
  app.post(ROUTES.escrow, limitRate(BIDS_PER_SECOND), async (c) => {
    const id = await acceptEscrow(core, escrow, await readBody(c, escrowSchema));
    return answer(jobStatusOf(core, id));
  });
}

/** @throws {@link RefusalError} `REQUEST_INVALID` */
function requireId(context: Context): Hex {
  const id = context.req.param('id')?.toLowerCase();
  if (id !== undefined && id.length === 66 && isHex(id)) return id;
  throw new RefusalError('REQUEST_INVALID', 'An id has 64 hexadecimal digits.');
}
