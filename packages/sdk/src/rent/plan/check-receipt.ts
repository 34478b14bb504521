import { hashReceipt, isReceiptSigned, type JobSpec, type SignedReceipt } from '@millrace/protocol/compute';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { RentError } from '../error/rent-error.ts';

/** What a renter knows of a job that it gave to a node. */
export type GivenJob = {
  /** What the receipt has to name: the id of the job in its channel, or in `JobMarket`. */
  readonly id: Hex;
  readonly spec: JobSpec;
  /** Where it went on from. */
  readonly resume?: { readonly checkpoint: string; readonly fuel: bigint } | undefined;
  /** When it left, by the renter's clock; milliseconds since 1970. */
  readonly sentAt: number;
};

/** The last receipt that was accepted from a node. */
export type LastReceipt = { readonly sequence: bigint; readonly hash: Hex; readonly endedAt: bigint };

export type CheckReceiptParameters = {
  readonly node: Address;
  /** Whether the node has certified this session key. */
  readonly isKey: (key: Hex) => boolean;
  readonly job: GivenJob;
  readonly last?: LastReceipt | undefined;
  /** When it arrived, by the renter's clock; milliseconds since 1970. */
  readonly now: number;
};

/** What is wrong with a receipt, for programs. */
export type ReceiptFlaw =
  | 'OTHER_NODE'
  | 'OTHER_KEY'
  | 'NOT_SIGNED'
  | 'OTHER_JOB'
  | 'OTHER_MODULE'
  | 'OTHER_INPUTS'
  | 'CHAIN_BROKEN'
  | 'CLOCK'
  | 'FUEL_IMPLAUSIBLE'
  | 'TIME_IMPLAUSIBLE'
  | 'RESULT_MISSING';

/** How far clocks may differ, seconds. */
const CLOCK_SECONDS = 60n;
/** What rounding and timers may add to a running time. */
const TIMER_MICROSECONDS = 100_000n;

/**
 * Checks that a receipt is of this job, from this node, follows the last one, and claims nothing that cannot be: more fuel
 * than the job has, more time than has passed since it left.
 *
 * @returns its place in the chain, for the next
 * @throws {@link RentError} `RENT_NODE_DISHONEST`, whose details name the `flaw`.
 */
export function checkReceipt(signed: SignedReceipt, parameters: CheckReceiptParameters): LastReceipt {
  const flaw = flawOf(signed, parameters);
  const { receipt } = signed;
  const hash = flaw === undefined ? hashReceipt(receipt) : undefined;
  const broken = hash === undefined ? flaw : chainFlaw(signed, hash, parameters);
  if (hash !== undefined && broken === undefined) {
    return { sequence: receipt.sequence, hash, endedAt: receipt.endedAt };
  }
  throw new RentError('RENT_NODE_DISHONEST', `A receipt of ${parameters.node} is not right (${broken}).`, {
    flaw: broken,
    node: parameters.node,
    job: parameters.job.id,
    receipt: signed,
  });
}

function flawOf(
  { receipt, key }: SignedReceipt,
  parameters: CheckReceiptParameters,
): ReceiptFlaw | undefined {
  const { node, isKey, job, now } = parameters;
  const { spec, resume, sentAt } = job;
  if (!isAddressEqual(receipt.node, node)) return 'OTHER_NODE';
  if (!isKey(key)) return 'OTHER_KEY';
  if (receipt.job !== job.id) return 'OTHER_JOB';
  if (receipt.module !== spec.module) return 'OTHER_MODULE';
  const inputs = resume === undefined ? spec.inputs : [...spec.inputs, resume.checkpoint];
  if (receipt.inputs.length !== inputs.length || receipt.inputs.some((cid, i) => cid !== inputs[i])) {
    return 'OTHER_INPUTS';
  }
  const [first, last] = [BigInt(Math.floor(sentAt / 1_000)), BigInt(Math.ceil(now / 1_000))];
  if (receipt.endedAt < first - CLOCK_SECONDS || receipt.endedAt > last + CLOCK_SECONDS) return 'CLOCK';
  if (receipt.fuel > spec.fuel - (resume?.fuel ?? 0n)) return 'FUEL_IMPLAUSIBLE';
  if (receipt.microseconds > mostMicroseconds(sentAt, now)) return 'TIME_IMPLAUSIBLE';
  if ((receipt.outcome === 'DONE') !== (receipt.result !== '')) return 'RESULT_MISSING';
  return undefined;
}

function chainFlaw(
  signed: SignedReceipt,
  hash: Hex,
  { last }: CheckReceiptParameters,
): ReceiptFlaw | undefined {
  const { receipt, key, signature } = signed;
  if (last !== undefined) {
    // Receipts for others may lie between; two for us that are neighbours have to name each other.
    const isAfter = receipt.sequence > last.sequence && receipt.endedAt >= last.endedAt;
    const isNext = receipt.sequence === last.sequence + 1n;
    if (!isAfter || (isNext && receipt.previous !== last.hash)) return 'CHAIN_BROKEN';
  }
  return isReceiptSigned(hash, key, signature) ? undefined : 'NOT_SIGNED';
}

/** The running time that is possible between two moments. */
export function mostMicroseconds(sentAt: number, now: number): bigint {
  return BigInt(Math.ceil(Math.max(0, now - sentAt) * 1_000)) + TIMER_MICROSECONDS;
}
