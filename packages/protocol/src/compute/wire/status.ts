import { z } from 'zod';
import { queueSchema } from './ask.ts';
import { address, amount, count, endpoint, word } from './fields.ts';

/** How a node is doing, for everybody. */
export const nodeStatusSchema = z.object({
  node: address,
  version: z.string(),
  state: z.enum(['open', 'draining']),
  chainId: count,
  endpoint,
  sessionKey: word,
  startedAt: count,
  queue: queueSchema,
  jobs: z.object({ done: count, failed: count }),
  peers: count,
});
export type NodeStatus = z.infer<typeof nodeStatusSchema>;

/** What a node has earned, for its operator. Base units of the token. */
export const earningsSchema = z.object({
  token: address,
  /** Worked and not signed by anybody: at risk. */
  unpaid: amount,
  /** Signed and not redeemed. */
  signed: amount,
  /** Redeemed, in lanes, not collected. */
  credit: amount,
  collected: amount,
  channels: z.array(
    z.object({
      channel: word,
      payer: address,
      deposit: amount,
      due: amount,
      signed: amount,
      redeemed: amount,
    }),
  ),
});
export type Earnings = z.infer<typeof earningsSchema>;
