import type { Fault } from '@millrace/protocol/millrace-error';

type Words = { readonly fault: Fault; readonly retryable: boolean; readonly hint: string };

const user = (hint: string): Words => ({ fault: 'user', retryable: false, hint });
const provider = (hint: string): Words => ({ fault: 'provider', retryable: true, hint });

/** What the reader can do about each error, and who has to act. */
export const ERRORS = {
  MODULE_MALFORMED: user('Hand in what the README of this runtime describes.'),
  MODULE_INVALID: user('Load it with the same engine on your own machine to see what it lacks.'),
  MODULE_FEATURE_REFUSED: user('Export it again without that; the README lists what is refused.'),
  MODULE_TOO_LARGE: user('Make the module smaller, or order more memory.'),
  JOB_INPUT_INVALID: user(
    'Hand in what the README of this runtime describes; tensors are written by `packTensors`.',
  ),
  JOB_OUT_OF_FUEL: user('Order more fuel, or give the job less to do.'),
  JOB_MEMORY_LIMIT: user('Order more memory, or let the job use less.'),
  JOB_OUTPUT_LIMIT: user('Order a larger output, or write less.'),
  JOB_FAILED: user('Run the job with the same input on your own machine to see where it fails.'),
  JOB_STOPPED: user('The job was stopped by whoever ran it.'),
  JOB_TIME_LIMIT: {
    fault: 'user',
    retryable: true,
    hint: 'Order more time, or a faster machine: how far a job gets in a second differs between machines.',
  },
  SNAPSHOT_INVALID: user('Go on from an older snapshot, or run the job from its start.'),
  SNAPSHOT_FOREIGN: user('Go on with the module, inputs and engine that it was made with.'),
  HOST_MEMORY: provider('The machine has no memory left: choose another, or wait.'),
  HOST_WORKER_LOST: provider('What ran the job has ended: run the job again.'),
  HOST_ENGINE: provider('The engine that runs such jobs failed here: choose another node.'),
  HOST_UNAVAILABLE: provider('This machine does not run such jobs: choose another node.'),
  HOST_CLOSED: provider('This runtime was closed: create another.'),
} as const satisfies Record<string, Words>;

/** What went wrong, as a name that never changes once released. */
export type RuntimeErrorCode = keyof typeof ERRORS;
