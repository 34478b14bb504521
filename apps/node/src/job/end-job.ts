import { amountsAsText, least, MillraceError, type SerializedMillraceError } from '@millrace/protocol';
import type { Cid, Receipt, SignedReceipt, Work } from '@millrace/protocol/compute';
import { billableWork, INLINE_RESULT_BYTES } from '@millrace/protocol/wire';
import { type Hex, zeroHash } from 'viem';
import type { Core } from '../core.ts';
import type { EndFacts, ReceiptJson } from '../journal/records.ts';
import { toWorkJson } from '../journal/state.ts';
import type { ReceiptWriter } from '../receipt/receipt-writer.ts';
import type { LiveJob } from './live-job.ts';

/** How a job ended: with a result, or with a named error. */
export type Ending =
  | { readonly output: Uint8Array; readonly fuel: bigint; readonly checkpoints: Hex }
  | { readonly error: MillraceError };

/**
 * Ends a job: keeps its result, then writes its receipt. Nobody is told before the end is `written`.
 *
 * @param given a result that cannot be kept is none: then the job costs nothing
 * @param onReceipt in the turn in which the receipt is written: from then on the work is settled
 */
export async function endJob(
  core: Core,
  writer: ReceiptWriter,
  job: LiveJob,
  given: Ending,
  onReceipt: (billed: Work) => void,
): Promise<{ readonly end: EndFacts; readonly written: Promise<void> }> {
  const { ending, result, inline } = await keepResult(core, job, given);
  const { meter, spec, facts } = job;
  const spent = 'output' in ending ? ending.fuel : fuelOf(ending.error, meter.reported);
  const { fuel, microseconds } = meter.final(spent, performance.now());
  const { signed, hash, at } = writer.write(
    {
      job: facts.paidBy === 'escrow' ? facts.funding : facts.id,
      module: spec.module,
      inputs: facts.resume === undefined ? spec.inputs : [...spec.inputs, facts.resume.checkpoint],
      result,
      outcome: 'output' in ending ? 'DONE' : ending.error.code,
      fuel: least(fuel, spec.fuel),
      checkpoints: 'output' in ending ? ending.checkpoints : zeroHash,
      microseconds,
    },
    Date.now(),
  );
  const billed = billableWork(signed.receipt);
  job.state = 'ended';
  onReceipt(billed);
  const end: EndFacts = {
    id: job.id,
    at,
    hash,
    receipt: toJson(signed),
    work: toWorkJson(billed),
    ...('error' in ending ? { error: errorOf(ending.error) } : {}),
    ...(inline === undefined ? {} : { result: Buffer.from(inline).toString('base64') }),
    events: job.log.size,
  };
  return { end, written: core.journal.append({ t: 'ended', end }) };
}

type Kept = { readonly ending: Ending; readonly result: Cid; readonly inline: Uint8Array | undefined };

/** A small result is kept in the journal, with its receipt; a large one in the store, before its receipt. */
async function keepResult(core: Core, { id, facts }: LiveJob, ending: Ending): Promise<Kept> {
  if ('error' in ending) return { ending, result: '', inline: undefined };
  const { output } = ending;
  if (output.length <= INLINE_RESULT_BYTES) {
    return { ending, result: await core.content.cidOf(output), inline: output };
  }
  try {
    return { ending, result: await core.kept.results.put(id, facts.funding, output), inline: undefined };
  } catch (cause) {
    return { ending: { error: notKept(cause) }, result: '', inline: undefined };
  }
}

function notKept(cause: unknown): MillraceError {
  return new MillraceError('The node could not keep the result.', {
    code: 'HOST_STORE_FAILED',
    fault: 'provider',
    retryable: true,
    hint: 'Use another node. The operator: see that the disk is well and "http.contentBytes" large enough.',
    cause,
  });
}

/** The runtime says how much a job had spent when it failed; else what it last told. */
function fuelOf(error: MillraceError, reported: bigint): bigint {
  const said = error.details?.fuel;
  const fuel = typeof said === 'string' && /^\d+$/.test(said) ? BigInt(said) : 0n;
  return fuel > reported ? fuel : reported;
}

function errorOf(error: MillraceError): SerializedMillraceError {
  const { name, code, fault, retryable, shortMessage, hint, details } = error.toJSON();
  return {
    name: name.slice(0, 64),
    code: code.slice(0, 64),
    fault,
    retryable,
    shortMessage: shortMessage.slice(0, 2_000),
    ...(hint === undefined ? {} : { hint: hint.slice(0, 2_000) }),
    ...(details === undefined ? {} : { details }),
  };
}

function toJson({ receipt, key, signature }: SignedReceipt): ReceiptJson {
  return { receipt: plainReceipt(receipt), key, signature };
}

function plainReceipt(receipt: Receipt): Record<string, unknown> {
  const entries = Object.entries(receipt).map(([name, value]) => [name, amountsAsText(name, value)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The last event of a job, as a line. */
export function jobEventOf({ events, at, receipt, error, result }: EndFacts): string {
  return JSON.stringify({ sequence: events, at, type: 'ended', receipt, error, result });
}

/** The event of its channel, as a line. */
export function channelEventOf({ id, at, receipt, error, result }: EndFacts, sequence: number): string {
  return JSON.stringify({ sequence, at, type: 'ended', id, receipt, error, result });
}
