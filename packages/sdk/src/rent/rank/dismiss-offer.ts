import type { JobSpec } from '@millrace/protocol/compute';
import type { Address } from 'viem';
import { isAddressEqual } from 'viem';
import { isDistrusted, type NodeMemory } from '../memory/node-memory.ts';
import { type Estimate, estimateOffer } from './estimate-offer.ts';
import type { Dismissal, DismissalCode, Offer } from './offer.ts';

/** What the money demands. */
export type Deal = {
  readonly chainId: number;
  readonly channels: Address;
  readonly token: Address;
};

/** What is known about a job beside its spec. */
export type OfferContext = {
  readonly spec: JobSpec;
  readonly memory: NodeMemory;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Bytes that the node has to be sent. Default: 0. */
  readonly inputBytes?: number | undefined;
  /** Which chain, contract and token. Default: any. */
  readonly deal?: Deal | undefined;
};

type Test = (
  offer: Offer,
  context: OfferContext,
  estimate: Estimate,
) => readonly [DismissalCode, string] | false;

const MEGABYTE = 2 ** 20;
const PAGE_BYTES = 65_536;
/** What a job takes beside the pages of its module. */
function megabytesOf({ needs, memoryPages }: JobSpec): number {
  return Math.max(needs.memoryMegabytes, Math.ceil((memoryPages * PAGE_BYTES) / MEGABYTE));
}

/** In the order in which a person would want to hear them: what can never work first. */
const TESTS: readonly Test[] = [
  ({ ask }, { now }) =>
    ask.expiry * 1_000n < BigInt(Math.floor(now)) && ['ASK_EXPIRED', 'The offer does not hold any more.'],
  ({ ask }, { memory, now }) =>
    isDistrusted(memory, ask.node, now / 1_000) && [
      'NODE_DISTRUSTED',
      'The node was caught being dishonest not long ago.',
    ],
  ({ ask }, { deal }) =>
    deal !== undefined &&
    ask.chainId !== deal.chainId && ['WRONG_CHAIN', `The node is paid on chain ${ask.chainId}.`],
  ({ ask }, { deal }) =>
    deal !== undefined &&
    !isAddressEqual(ask.channels, deal.channels) && [
      'WRONG_CONTRACT',
      `The node is paid through ${ask.channels}.`,
    ],
  ({ ask }, { deal }) =>
    deal !== undefined &&
    !isAddressEqual(ask.token, deal.token) && ['TOKEN_NOT_ACCEPTED', `The node is paid in ${ask.token}.`],
  ({ ask }, { spec }) =>
    !ask.runtimes.some(({ runtime }) => runtime === spec.runtime) && [
      'RUNTIME_UNAVAILABLE',
      `The node does not run ${spec.runtime} jobs.`,
    ],
  ({ ask }, { spec }) =>
    !ask.runtimes.some(
      ({ runtime, tiers }) => runtime === spec.runtime && tiers.includes(spec.needs.tier),
    ) && ['TIER_UNAVAILABLE', `The node does not run ${spec.runtime} jobs in the ${spec.needs.tier} tier.`],
  ({ ask: { hardware } }, { spec: { needs } }) =>
    hardware.cores < needs.cores && [
      'CORES_TOO_FEW',
      `The node has ${hardware.cores} cores; the job needs ${needs.cores}.`,
    ],
  ({ ask: { hardware, limits } }, { spec }) => {
    const has = Math.min(hardware.memoryMegabytes, limits.memoryMegabytes);
    const wants = megabytesOf(spec);
    return has < wants && ['MEMORY_TOO_SMALL', `The node gives a job ${has} MB; this one needs ${wants} MB.`];
  },
  ({ ask: { hardware } }, { spec: { needs } }) =>
    hardware.gpuMemoryMegabytes < needs.gpuMemoryMegabytes && [
      'GPU_TOO_SMALL',
      `The graphics card has ${hardware.gpuMemoryMegabytes} MB; the job needs ${needs.gpuMemoryMegabytes} MB.`,
    ],
  ({ ask }, { spec: { needs } }) =>
    needs.regions.length > 0 &&
    !needs.regions.includes(ask.region) && [
      'REGION_MISMATCH',
      `The node ${ask.region === '' ? 'does not tell where it is' : `is in “${ask.region}”`}; the job wants ${needs.regions.join(' or ')}.`,
    ],
  ({ ask }, { spec: { needs } }) =>
    needs.energy.length > 0 &&
    !needs.energy.includes(ask.energy) && [
      'ENERGY_MISMATCH',
      `The node ${ask.energy === '' ? 'does not tell what it runs on' : `runs on “${ask.energy}”`}; the job wants ${needs.energy.join(' or ')}.`,
    ],
  ({ ask: { limits } }, { spec }) =>
    limits.fuel < spec.fuel && [
      'FUEL_ABOVE_LIMIT',
      `The node takes jobs of up to ${limits.fuel} fuel; this one is of ${spec.fuel}.`,
    ],
  ({ ask: { limits } }, { spec }) =>
    limits.timeMilliseconds < spec.timeMilliseconds && [
      'TIME_ABOVE_LIMIT',
      `The node takes jobs of up to ${limits.timeMilliseconds} ms; this one may take ${spec.timeMilliseconds} ms.`,
    ],
  ({ ask: { limits } }, { inputBytes = 0 }) =>
    limits.inputBytes < inputBytes && [
      'INPUT_ABOVE_LIMIT',
      `The node takes ${limits.inputBytes} bytes; this job brings ${inputBytes}.`,
    ],
  ({ ask: { limits } }, { spec }) =>
    limits.outputBytes < spec.outputBytes && [
      'OUTPUT_ABOVE_LIMIT',
      `The node returns up to ${limits.outputBytes} bytes; this job may write ${spec.outputBytes}.`,
    ],
  ({ roundTripMilliseconds = 0 }, { spec: { needs } }) =>
    needs.latencyMilliseconds > 0 &&
    roundTripMilliseconds > needs.latencyMilliseconds && [
      'LATENCY_TOO_HIGH',
      `The node is ${Math.ceil(roundTripMilliseconds)} ms away; the job allows ${needs.latencyMilliseconds} ms.`,
    ],
  (_offer, { spec: { needs } }, { mostDue }) =>
    mostDue > needs.priceCap && [
      'PRICE_ABOVE_CAP',
      `The job comes to ${mostDue} at its limits; its price cap is ${needs.priceCap}.`,
    ],
  (_offer, { spec: { needs }, now }, { startSeconds }) =>
    needs.deadline > 0n &&
    now / 1_000 + startSeconds > Number(needs.deadline) && [
      'DEADLINE_TOO_SOON',
      `The node would begin in ${Math.ceil(startSeconds)} s, after the deadline.`,
    ],
];

/** Why an offer does not fit a job: the first reason. `undefined` when it fits. */
export function dismissOffer(offer: Offer, context: OfferContext): Dismissal | undefined {
  const estimate = estimateOffer(offer, context);
  for (const test of TESTS) {
    const reason = test(offer, context, estimate);
    if (reason !== false) return { offer, code: reason[0], sentence: reason[1] };
  }
  return undefined;
}
