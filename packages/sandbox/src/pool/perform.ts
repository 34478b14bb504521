import { SandboxError } from '../sandbox-error.ts';
import type { Ending } from './messages.ts';

/** What came of the work, or how it failed. */
export function perform(work: () => Ending): Ending {
  try {
    return work();
  } catch (error) {
    return { kind: 'failed', error: describe(error).toJSON() };
  }
}

function describe(error: unknown): SandboxError {
  if (error instanceof SandboxError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SandboxError('HOST_WORKER_LOST', `The thread failed: ${message}.`);
}
