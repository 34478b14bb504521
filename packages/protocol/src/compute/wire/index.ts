export {
  type Ask,
  askSchema,
  asksSchema,
  type Hardware,
  hardwareSchema,
  MOST_ASK_BYTES,
  MOST_ASK_SECONDS,
  type NodeLimits,
  type Queue,
  type SignedAsk,
  signedAskSchema,
} from './ask.ts';
export { billableWork } from './billable-work.ts';
export {
  type Announcement,
  announcementSchema,
  type ChannelView,
  channelViewSchema,
  REQUEST_SECONDS,
  type ReadRequest,
  readRequestSchema,
  type Terms,
  type VoucherMessage,
  voucherSchema,
} from './channel.ts';
export {
  type ChannelEvent,
  channelEventSchema,
  INLINE_RESULT_BYTES,
  type JobEvent,
  jobEventSchema,
} from './event.ts';
export {
  type EscrowOrder,
  escrowSchema,
  type JobOrder,
  type JobStatus,
  jobIdOf,
  jobStatusSchema,
  type Stop,
  type Submit,
  type SubmitAnswer,
  signedReceiptSchema,
  stopSchema,
  submitAnswerSchema,
  submitSchema,
} from './job.ts';
export {
  type BidRequest,
  bidRequestSchema,
  type Quote,
  type QuoteRequest,
  quoteRequestSchema,
  type SignedBidMessage,
  type SignedQuote,
  signedBidSchema,
  signedQuoteSchema,
} from './quote.ts';
export { readWire, readWireText, signedOf } from './read-wire.ts';
export { type Refusal, RefusalError, refusalSchema } from './refusal.ts';
export { REFUSAL_WORDS, type RefusalCode } from './refusal-words.ts';
export { ROUTES } from './routes.ts';
export { isSignedWire, type Signed, signWire, type WirePurpose } from './signed.ts';
export { type Earnings, earningsSchema, type NodeStatus, nodeStatusSchema } from './status.ts';
export { encodeWire } from './text.ts';
export { signAsk, verifyAsk } from './verify-ask.ts';
