import type { Fault } from '../../errors/millrace-error.ts';

type Words = {
  readonly fault: Fault;
  readonly status: number;
  readonly retryable?: true;
  /** Another node may well say yes. */
  readonly elsewhere?: true;
  readonly hint: string;
};

const user = (status: number, hint: string): Words => ({ fault: 'user', status, hint });
/** Does not fit this node; another may take it. */
const misfit = (hint: string): Words => ({ fault: 'user', status: 422, elsewhere: true, hint });
const busy = (hint: string): Words => ({
  fault: 'provider',
  status: 503,
  retryable: true,
  elsewhere: true,
  hint,
});

/** Why a node says no: who can do something about it, and what. */
export const REFUSAL_WORDS = {
  REQUEST_INVALID: user(400, 'Mend the fields that are named.'),
  REQUEST_TOO_LARGE: user(413, 'Send less at once; large inputs go to the content gateway first.'),
  REQUEST_NOT_SIGNED: user(
    401,
    'Sign it with the session key that the channel was announced with, or announce it again with a certificate that is good now.',
  ),
  REQUEST_EXPIRED: user(401, 'Sign it anew, and check that the clock is right.'),
  TOO_MANY_REQUESTS: {
    fault: 'user',
    status: 429,
    retryable: true,
    hint: 'Wait as long as the answer says.',
  },
  WRONG_CHAIN: misfit('Use a node of the chain where the money is.'),
  WRONG_CONTRACT: misfit('Use a node that is paid through the same contracts.'),
  TOKEN_NOT_ACCEPTED: misfit('Pay in the token that the node asks for.'),
  RUNTIME_UNAVAILABLE: misfit('Choose a node whose ask names the runtime.'),
  TIER_UNAVAILABLE: misfit('Choose a node whose ask names the tier, or another tier.'),
  CORES_TOO_FEW: misfit('Choose a larger machine, or ask for fewer cores.'),
  MEMORY_TOO_SMALL: misfit('Choose a larger machine, or ask for less memory.'),
  GPU_TOO_SMALL: misfit('Choose a machine with such a graphics card.'),
  REGION_MISMATCH: misfit('Choose a node in one of the regions that the job names.'),
  ENERGY_MISMATCH: misfit('Choose a node with one of the energy sources that the job names.'),
  LATENCY_TOO_HIGH: misfit('Choose a node that is nearer, or allow a longer round trip.'),
  FUEL_ABOVE_LIMIT: misfit('Lower the fuel limit of the job, or choose a node that takes longer jobs.'),
  TIME_ABOVE_LIMIT: misfit('Lower the time limit of the job, or choose a node that takes longer jobs.'),
  INPUT_ABOVE_LIMIT: misfit('Split the input, or choose a node that takes larger ones.'),
  OUTPUT_ABOVE_LIMIT: misfit('Lower the output limit of the job, or choose a node that takes larger ones.'),
  PRICE_ABOVE_CAP: misfit('Raise the price cap, or choose a cheaper node.'),
  DEADLINE_TOO_SOON: misfit('Allow more time, or choose a node with a shorter queue.'),
  QUEUE_FULL: busy('Wait as long as the answer says, or use another node.'),
  NODE_DRAINING: { fault: 'provider', status: 503, elsewhere: true, hint: 'Use another node.' },
  CHANNEL_UNKNOWN: user(404, 'Announce the channel to the node first.'),
  CHANNEL_NOT_FUNDED: {
    fault: 'user',
    status: 402,
    retryable: true,
    hint: 'Open the channel on chain, and wait until the node has seen the block.',
  },
  CHANNEL_CLOSING: user(409, 'Open another channel.'),
  LANE_NOT_WATCHED: user(422, 'Open the channel in one of the lanes that the ask names.'),
  DEPOSIT_TOO_SMALL: user(402, 'Top the channel up.'),
  UNPAID: {
    fault: 'user',
    status: 402,
    retryable: true,
    hint: 'Send a voucher for what is due; the node goes on then.',
  },
  VOUCHER_INVALID: user(422, 'Sign a total that is larger than before and within the deposit.'),
  QUOTE_EXPIRED: { fault: 'user', status: 409, retryable: true, hint: 'Ask for a new quote.' },
  QUOTE_NOT_OURS: user(422, 'Send back the quote exactly as the node signed it.'),
  ESCROW_MISMATCH: user(422, 'Open the job on chain with this node, spec and token first.'),
  ESCROW_DEADLINE: misfit('Allow the node more time to submit.'),
  CONTENT_MISSING: {
    fault: 'user',
    status: 424,
    retryable: true,
    hint: 'Upload the blocks that the details name, then ask again.',
  },
  UPLOAD_LIMIT: {
    fault: 'user',
    status: 429,
    retryable: true,
    elsewhere: true,
    hint: 'Submit jobs that use what was uploaded, wait as long as the answer says, or use another node.',
  },
  STORE_FULL: busy('Wait as long as the answer says, or use another node.'),
  CONTENT_INVALID: user(422, 'Upload what the identifiers stand for.'),
  CHECKPOINT_INVALID: user(422, 'Start the job anew, or from an earlier checkpoint.'),
  JOB_UNKNOWN: user(404, 'Check the id; a node forgets ended jobs after a while.'),
  JOB_ENDED: user(409, 'Read its result instead.'),
  NOT_FOUND: user(404, 'Check the path.'),
  NOT_ALLOWED: user(403, 'Only the operator of the node may do this.'),
  NODE_FAILED: {
    fault: 'provider',
    status: 500,
    retryable: true,
    elsewhere: true,
    hint: 'Use another node; this one has written down what happened.',
  },
} as const satisfies Record<string, Words>;

/** Why a node says no, as a name that never changes once released. */
export type RefusalCode = keyof typeof REFUSAL_WORDS;
