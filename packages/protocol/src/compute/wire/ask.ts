import { z } from 'zod';
import { RUNTIMES, TIERS } from '../spec/job-spec.ts';
import { address, amount, count, endpoint, name, sessionSignature, signature, word } from './fields.ts';

/** What a node takes for work; see `WorkPrice`. */
export const priceSchema = z.object({ perFuelWad: amount, perSecondWad: amount, perJob: amount });

/** What a machine has, and what it was measured at. */
export const hardwareSchema = z.object({
  /** As the processor calls itself. */
  cpu: z.string().max(128),
  cores: count,
  memoryMegabytes: count,
  gpu: z.string().max(128),
  /** 0 for no graphics card. */
  gpuMemoryMegabytes: count,
  /** Units of fuel that one slot spends in a second. */
  fuelPerSecond: z.object({ integer: amount, float: amount }),
});
export type Hardware = z.infer<typeof hardwareSchema>;

/** The largest job that a node takes. */
const limitsSchema = z.object({
  fuel: amount,
  timeMilliseconds: count,
  memoryMegabytes: count,
  inputBytes: count,
  outputBytes: count,
});
export type NodeLimits = z.infer<typeof limitsSchema>;

/** How busy a node is. */
export const queueSchema = z.object({
  /** Jobs that run at once. */
  slots: count,
  running: count,
  waiting: count,
  /** How long a job that came now would wait, as far as the node can tell. */
  waitMilliseconds: count,
});
export type Queue = z.infer<typeof queueSchema>;

/** An offer that a node tells everybody. It binds nobody; a quote does. */
export const askSchema = z.object({
  version: z.literal(1),
  chainId: count,
  /** The contract whose vouchers it takes. */
  channels: address,
  /** The contract for one-off jobs. */
  jobs: address,
  node: address,
  endpoint,
  token: address,
  price: priceSchema,
  /** It watches its lanes 0 to this, exclusive. */
  lanes: z.number().int().min(1).max(65_536),
  /** Unpaid work that it risks, base units. */
  exposureCap: amount,
  region: name,
  energy: name,
  hardware: hardwareSchema,
  /** What it runs, and how exactly. */
  runtimes: z.array(z.object({ runtime: z.enum(RUNTIMES), tiers: z.array(z.enum(TIERS)).max(2) })).max(8),
  limits: limitsSchema,
  queue: queueSchema,
  /** Seconds since 1970. */
  issuedAt: amount,
  /** The last second in which it holds; at most a minute after `issuedAt`. */
  expiry: amount,
});
export type Ask = z.infer<typeof askSchema>;

/** “This ed25519 key speaks for me”, with the EVM signature. */
export const signedCertificateSchema = z.object({
  certificate: z.object({ node: address, key: word, issuedAt: amount, expiry: amount }),
  signature,
});

export const signedAskSchema = z.object({
  body: askSchema,
  signature: sessionSignature,
  certificate: signedCertificateSchema,
});
export type SignedAsk = z.infer<typeof signedAskSchema>;

/** What `GET /v1/asks` answers. Read each by itself: one that cannot be read is no reason to lose the others. */
export const asksSchema = z.object({ asks: z.array(z.unknown()).max(8_192) });

/** How many bytes of {@link encodeWire} text a signed ask has at most. */
export const MOST_ASK_BYTES = 8_192;

/** How long an ask holds at most, seconds. */
export const MOST_ASK_SECONDS = 60n;
