import type { Signed } from '@millrace/protocol/wire';
import {
  type Announcement,
  type BidRequest,
  channelEventSchema,
  channelViewSchema,
  type EscrowOrder,
  jobEventSchema,
  jobStatusSchema,
  type QuoteRequest,
  type ReadRequest,
  ROUTES,
  refusalSchema,
  type Stop,
  signedAskSchema,
  signedBidSchema,
  signedQuoteSchema,
  signedReceiptSchema,
  type VoucherMessage,
} from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { z } from 'zod';
import { ask, askBytes, askLines, type Http } from './request.ts';

/** What of an answer to `submit` is used: reading every spec back would cost more than the job. */
const submittedSchema = z.object({
  jobs: z.array(
    z.union([
      z.object({
        job: jobStatusSchema.pick({ id: true, state: true, position: true, waitMilliseconds: true }),
      }),
      z.object({ refusal: refusalSchema }),
    ]),
  ),
});
/** Signed receipts of a channel, from a number on. */
const receiptsSchema = z.object({
  from: z.number().int().nonnegative(),
  next: z.number().int().nonnegative(),
  receipts: z.array(signedReceiptSchema).max(10_000),
});
/** Asks of others; each is read by itself, so that one that is wrong spoils no others. */
const asksSchema = z.object({ asks: z.array(z.unknown()).max(10_000) });

/** The answer to one job of a submit. */
export type Submitted = z.infer<typeof submittedSchema>['jobs'][number];

/** A node, by HTTP. Every answer is checked for its form; what it says is not. */
export type NodeApi = ReturnType<typeof createNodeApi>;

/** @param endpoint without a slash at its end */
export function createNodeApi(http: Http, endpoint: string) {
  const to = (path: string) => `${endpoint}${path}`;
  return {
    endpoint,
    ask: (signal?: AbortSignal) => ask(http, signedAskSchema, { url: to(ROUTES.ask), signal }),
    asks: (signal?: AbortSignal) => ask(http, asksSchema, { url: to(ROUTES.asks), signal }),
    quote: (body: QuoteRequest) => ask(http, signedQuoteSchema, { url: to(ROUTES.quotes), body }),
    bid: (body: BidRequest) => ask(http, signedBidSchema, { url: to(ROUTES.bids), body }),
    announce: (body: Announcement) => ask(http, channelViewSchema, { url: to(ROUTES.channels), body }),
    /** @param body a signed submit as wire text */
    submit: (body: string) =>
      ask(http, submittedSchema, { url: to(ROUTES.jobs), body, timeoutMilliseconds: 30_000 }),
    escrow: (body: EscrowOrder) => ask(http, jobStatusSchema, { url: to(ROUTES.escrow), body }),
    channel: (id: Hex, body: Signed<ReadRequest>) =>
      ask(http, channelViewSchema, { url: to(ROUTES.channel(id)), body }),
    receipts: (id: Hex, body: Signed<ReadRequest>) =>
      ask(http, receiptsSchema, { url: to(ROUTES.receipts(id)), body }),
    voucher: (id: Hex, body: VoucherMessage) =>
      ask(http, channelViewSchema, { url: to(ROUTES.vouchers(id)), body }),
    stop: (id: Hex, body: Signed<Stop>) => ask(http, jobStatusSchema, { url: to(ROUTES.stop(id)), body }),
    job: (id: Hex) => ask(http, jobStatusSchema, { url: to(ROUTES.job(id)) }),
    channelEvents: (id: Hex, body: Signed<ReadRequest>, signal: AbortSignal, onBytes: () => void) =>
      askLines(http, channelEventSchema, { url: to(ROUTES.channelEvents(id)), body, signal }, onBytes),
    jobEvents: (id: Hex, from: number, signal: AbortSignal) =>
      askLines(http, jobEventSchema, { url: `${to(ROUTES.jobEvents(id))}?from=${from}`, signal }),
    /** @param car a CAR of one root */
    upload: (car: Uint8Array, signal?: AbortSignal) =>
      askBytes(http, { url: to('/ipfs'), body: car, signal, timeoutMilliseconds: 120_000 }),
    /** A CAR of all that is below a CID, as it came. */
    download: (cid: string, mostBytes: number, signal?: AbortSignal) =>
      askBytes(http, {
        url: to(`/ipfs/${cid}?format=car`),
        mostBytes,
        signal,
        timeoutMilliseconds: 120_000,
      }),
  };
}
