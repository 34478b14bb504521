import type { Fault } from '@millrace/protocol/millrace-error';

type Words = { readonly fault: Fault; readonly retryable: boolean; readonly hint: string };

const user = (hint: string): Words => ({ fault: 'user', retryable: false, hint });
const provider = (hint: string): Words => ({ fault: 'provider', retryable: true, hint });

/** What the reader can do about each error, and who has to act. */
export const ERRORS = {
  MODULE_MALFORMED: user('Hand in the bytes of a WebAssembly 2.0 module, as a compiler wrote them.'),
  MODULE_INVALID: user('Compile it again: no engine accepts this module.'),
  MODULE_FEATURE_REFUSED: user('Compile without that feature; the profiles are described in the README.'),
  MODULE_IMPORT_REFUSED: user('Import only the functions of the job interface, with their exact types.'),
  MODULE_EXPORT_MISSING: user('Export `memory`, and `run` or `step`, a function without parameters.'),
  MODULE_EXPORT_REFUSED: user('Rename that export, or leave it out.'),
  MODULE_STATE_HIDDEN: user(
    'Export `run` instead of `step`, or keep all state in memory and in globals of numbers.',
  ),
  MODULE_MEMORY_UNBOUNDED: user('Declare a maximum (AssemblyScript: `--maximumMemory 256`).'),
  MODULE_TOO_LARGE: user('Make the module smaller, or split the work over several jobs.'),
  JOB_OUT_OF_FUEL: user('Order more fuel, or give the job less to do.'),
  JOB_MEMORY_LIMIT: user('Order more memory, or let the job use less.'),
  JOB_TIME_LIMIT: {
    fault: 'user',
    retryable: true,
    hint: 'Order more time, or a faster machine: how far a job gets in a second differs between machines.',
  },
  JOB_STACK_LIMIT: user('Recurse less deeply: calls are counted by the size of their frames.'),
  JOB_OUTPUT_LIMIT: user('Order a larger output, or write less.'),
  JOB_INPUT_INVALID: user('Pass what the type of a job says.'),
  JOB_TRAPPED: user('Run the job with the same input on your own machine to see where it fails.'),
  JOB_FAILED: user('The job returned that number: its author says what it means.'),
  JOB_STOPPED: user('The job was stopped by whoever ran it.'),
  SNAPSHOT_INVALID: user('Go on from an older snapshot, or run the job from its start.'),
  SNAPSHOT_FOREIGN: user('Go on with the module, input, seed and limits that it was made with.'),
  HOST_MEMORY: provider('The machine has no memory left: choose another, or wait.'),
  HOST_STACK: provider('This machine has less stack than the policy asks for: choose another.'),
  HOST_WORKER_LOST: provider('The thread that ran the job has ended: run the job again.'),
  HOST_COMPILE_TIME: provider('The module takes too long to compile here: split its largest functions.'),
  HOST_CLOSED: provider('This sandbox was closed: open another.'),
} as const satisfies Record<string, Words>;

/** What went wrong, as a name that never changes once released. */
export type SandboxErrorCode = keyof typeof ERRORS;
