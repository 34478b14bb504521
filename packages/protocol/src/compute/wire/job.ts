import { concat, type Hex } from 'viem';
import { z } from 'zod';
import { keccak256 } from '../hash/keccak.ts';
import { serializedErrorSchema } from './error.ts';
import { address, amount, cid, count, jobSpec, receipt, sessionSignature, word } from './fields.ts';
import { refusalSchema } from './refusal.ts';

/** Where to go on with a job that another node has begun. */
const resumeSchema = z.object({ checkpoint: cid, fuel: amount });

/** One job to run. The nonce, 32 random bytes, makes its id, which nobody can guess. */
const jobOrderSchema = z.object({
  nonce: word,
  spec: jobSpec,
  resume: resumeSchema.optional(),
});
export type JobOrder = z.infer<typeof jobOrderSchema>;

/** Jobs for one channel. The same nonce again is the same job: sending twice is harmless. */
export const submitSchema = z.object({
  channel: word,
  /** Seconds since 1970; good for a minute. */
  at: amount,
  jobs: z.array(jobOrderSchema).min(1).max(256),
});
export type Submit = z.infer<typeof submitSchema>;

/** The terms of a job in `JobMarket`, opened on chain. */
export const escrowSchema = z.object({
  job: z.object({
    requester: address,
    node: address,
    token: address,
    lane: amount,
    price: amount,
    order: word,
    submitBy: amount,
    reviewSeconds: amount,
  }),
  nonce: word,
  spec: jobSpec,
});
export type EscrowOrder = z.infer<typeof escrowSchema>;

/** “Stop this job; what was done is paid.” */
export const stopSchema = z.object({ id: word, at: amount });
export type Stop = z.infer<typeof stopSchema>;

const JOB_STATES = ['queued', 'running', 'paused', 'ended'] as const;

/** The receipt of a node for one job, signed. */
export const signedReceiptSchema = z.object({ receipt, key: word, signature: sessionSignature });

/** A job as its node sees it. */
export const jobStatusSchema = z.object({
  id: word,
  state: z.enum(JOB_STATES),
  spec: jobSpec,
  /** Jobs before it; 0 when it runs. */
  position: count,
  waitMilliseconds: count,
  millionths: count,
  fuel: amount,
  microseconds: amount,
  /** The last checkpoint, to go on from. */
  checkpoint: resumeSchema.optional(),
  receipt: signedReceiptSchema.optional(),
  /** Why there is no result, once it has ended. */
  error: serializedErrorSchema.optional(),
});
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** An answer for each job, in the order of the request. */
export const submitAnswerSchema = z.object({
  jobs: z.array(z.union([z.object({ job: jobStatusSchema }), z.object({ refusal: refusalSchema })])),
});
export type SubmitAnswer = z.infer<typeof submitAnswerSchema>;

/**
 * The id of a job: keccak256 of where its money comes from and its nonce. Whoever knows it can read the job, its log and its
 * result; so it is as secret as the nonce.
 *
 * @param funding the id of the channel, or of the job in `JobMarket`
 */
export function jobIdOf(funding: Hex, nonce: Hex): Hex {
  return keccak256(concat([funding, nonce]));
}
