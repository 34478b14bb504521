import { z } from 'zod';
import { serializedErrorSchema } from './error.ts';
import { amount, bytes, cid, count, word } from './fields.ts';
import { signedReceiptSchema } from './job.ts';

const ended = {
  type: z.literal('ended'),
  receipt: signedReceiptSchema,
  error: serializedErrorSchema.optional(),
  /** The result itself when it is small (4 KiB), so that nobody has to fetch it. */
  result: bytes.optional(),
};
const place = {
  /** Of this job or channel, from 0 without a gap. */
  sequence: count,
  /** Milliseconds since 1970. */
  at: count,
};

/** What happens to one job, in order; a line of JSON each. */
export const jobEventSchema = z.discriminatedUnion('type', [
  z.object({ ...place, type: z.literal('queued'), position: count, waitMilliseconds: count }),
  z.object({ ...place, type: z.literal('started') }),
  z.object({ ...place, type: z.literal('progress'), millionths: count, fuel: amount }),
  z.object({ ...place, type: z.literal('log'), text: z.string() }),
  /** A piece of the result, before the job has ended. */
  z.object({ ...place, type: z.literal('output'), offset: count, bytes }),
  z.object({ ...place, type: z.literal('checkpoint'), checkpoint: cid, fuel: amount, state: word }),
  z.object({ ...place, type: z.literal('paused'), due: amount, signed: amount }),
  z.object({ ...place, type: z.literal('resumed') }),
  z.object({ ...place, ...ended }),
]);
export type JobEvent = z.infer<typeof jobEventSchema>;

/** What happens in one channel: jobs that ended, and what is due while they run. */
export const channelEventSchema = z.discriminatedUnion('type', [
  z.object({ ...place, ...ended, id: word }),
  /** Work so far. Not kept: `sequence` is that of the next event that is. */
  z.object({
    ...place,
    type: z.literal('account'),
    work: z.object({ fuel: amount, microseconds: amount, jobs: amount }),
    due: amount,
    signed: amount,
    /** Running jobs wait for a voucher. */
    isPaused: z.boolean(),
  }),
]);
export type ChannelEvent = z.infer<typeof channelEventSchema>;

/** Results up to this size come with the event. */
export const INLINE_RESULT_BYTES = 4_096;
