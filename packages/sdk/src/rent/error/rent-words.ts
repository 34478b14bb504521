import type { Fault } from '@millrace/protocol';

type Words = { readonly fault: Fault; readonly retryable?: true; readonly hint: string };

const user = (hint: string): Words => ({ fault: 'user', hint });
const provider = (hint: string): Words => ({ fault: 'provider', retryable: true, hint });

/** Who has to act on each error of renting, and what can be done. */
export const RENT_WORDS = {
  RENT_NO_OFFER: {
    fault: 'provider',
    retryable: true,
    hint: 'Ask for less, raise the price cap, or name more nodes; the details say why each node was left out.',
  },
  RENT_DEADLINE: provider('Allow more time, or choose nodes with shorter queues.'),
  RENT_STOPPED: user('It was stopped on request; run it again to go on.'),
  RENT_FUNDS: user('Put more of the token into the account, or run fewer jobs at once.'),
  RENT_PRICE_CAP: user(
    'Raise the price cap of the job: attempts on several nodes have to fit in it together.',
  ),
  RENT_ATTEMPTS_FAILED: provider('Try again later; the details name the nodes and what each said.'),
  RENT_CONTENT_MISSING: user('Give the bytes of module and inputs, not only their identifiers.'),
  RENT_NODE_UNREACHABLE: {
    fault: 'network',
    retryable: true,
    hint: 'Check the connection and the endpoint; other nodes are tried by themselves.',
  },
  RENT_NODE_VANISHED: provider('The job is moved to another node by itself.'),
  RENT_NODE_STALLED: provider('The job is moved to another node by itself.'),
  RENT_NODE_DISHONEST: provider('Do not use this node; its channel is being closed.'),
  RENT_ANSWER_INVALID: provider('Use another node; this one does not speak the protocol.'),
  RENT_RESULT_INVALID: provider('The job is run on another node by itself.'),
  RENT_OPTIONS_INVALID: user('Mend the option that is named.'),
  RENT_JOB_UNKNOWN: user('Check the id; ended jobs are forgotten after a while.'),
  RENT_CLOSED: user('Create another renter over the same store.'),
} as const satisfies Record<string, Words>;

/** What went wrong, as a name that never changes once released. */
export type RentErrorCode = keyof typeof RENT_WORDS;
