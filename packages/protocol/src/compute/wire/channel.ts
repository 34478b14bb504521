import { z } from 'zod';
import { priceSchema, signedCertificateSchema } from './ask.ts';
import { address, amount, count, sessionSignature, signature, word } from './fields.ts';
import { signedQuoteSchema } from './quote.ts';

const channelKeySchema = z.object({ payer: address, payee: address, token: address, salt: amount });

/** “I opened this channel to you; this session key speaks for me.” Repeating it is harmless. */
export const announcementSchema = z.object({
  key: channelKeySchema,
  quote: signedQuoteSchema,
  /** Signed by the payer; `node` in it is the payer. */
  certificate: signedCertificateSchema,
});
export type Announcement = z.infer<typeof announcementSchema>;

/** What work in a channel costs, for as long as the channel lives. Signed by the node. */
const termsSchema = z.object({
  channel: word,
  node: address,
  price: priceSchema,
  exposureCap: amount,
  /** Seconds since 1970. */
  since: amount,
});
export type Terms = z.infer<typeof termsSchema>;

const signedTermsSchema = z.object({ body: termsSchema, signature: sessionSignature });

const workSchema = z.object({ fuel: amount, microseconds: amount, jobs: amount });

/** How a channel stands, as its node sees it. */
export const channelViewSchema = z.object({
  terms: signedTermsSchema,
  state: z.enum(['open', 'closing', 'closed']),
  deposit: amount,
  /** Total of the best voucher that the node holds. */
  signed: amount,
  /** What has been paid on chain. */
  redeemed: amount,
  /** All work so far: ended jobs, and what running ones have done. */
  work: workSchema,
  /** What the work comes to, rounded down. */
  due: amount,
  /** Receipts so far in this channel. */
  receipts: count,
  receiptsRoot: word,
});
export type ChannelView = z.infer<typeof channelViewSchema>;

/** A voucher on its way; the channel is in the path. */
export const voucherSchema = z.object({ total: amount, receiptsRoot: word, signature });
export type VoucherMessage = z.infer<typeof voucherSchema>;

/** What a session key signs to read or follow a channel; good for a minute. */
export const readRequestSchema = z.object({
  channel: word,
  /** The first event or receipt that is wanted. */
  from: count,
  /** Seconds since 1970. */
  at: amount,
});
export type ReadRequest = z.infer<typeof readRequestSchema>;

/** How long a signed request holds, seconds; and how far clocks may differ. */
export const REQUEST_SECONDS = 60n;
