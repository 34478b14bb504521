import { z } from 'zod';
import { priceSchema, queueSchema, signedCertificateSchema } from './ask.ts';
import { address, amount, count, jobSpec, sessionSignature, word } from './fields.ts';

/** “What would this job cost, and when would it start?” Nothing is reserved. */
export const quoteRequestSchema = z.object({
  chainId: count,
  channels: address,
  token: address,
  spec: jobSpec,
});
export type QuoteRequest = z.infer<typeof quoteRequestSchema>;

/** A price that holds until `expiry` for channels that are announced with it. */
const quoteSchema = z.object({
  node: address,
  chainId: count,
  channels: address,
  token: address,
  price: priceSchema,
  lanes: z.number().int().min(1).max(65_536),
  exposureCap: amount,
  /** What the job comes to at its limits, base units, rounded up. */
  mostDue: amount,
  /** Fuel per second of one slot, for the profile of the job. */
  fuelPerSecond: amount,
  queue: queueSchema,
  /** Seconds since 1970. */
  issuedAt: amount,
  expiry: amount,
});
export type Quote = z.infer<typeof quoteSchema>;

export const signedQuoteSchema = z.object({
  body: quoteSchema,
  signature: sessionSignature,
  certificate: signedCertificateSchema,
});
export type SignedQuote = z.infer<typeof signedQuoteSchema>;

/** An order that the node may bid for, not yet signed: nothing is promised by asking. */
export const bidRequestSchema = z.object({
  chainId: count,
  jobs: address,
  spec: jobSpec,
  order: z.object({
    requester: address,
    node: address,
    token: address,
    maxPrice: amount,
    spec: word,
    expiry: amount,
    runSeconds: amount,
    reviewSeconds: amount,
    bondClass: word,
    leastBond: amount,
    nonce: amount,
  }),
});
export type BidRequest = z.infer<typeof bidRequestSchema>;

/** The node’s bid with its EVM signature, for `openJob`. */
export const signedBidSchema = z.object({
  bid: z.object({
    node: address,
    order: word,
    price: amount,
    lane: amount,
    expiry: amount,
    nonce: amount,
  }),
  signature: z.string().regex(/^0x[0-9a-fA-F]{130}$/) as unknown as z.ZodType<`0x${string}`>,
});
export type SignedBidMessage = z.infer<typeof signedBidSchema>;
