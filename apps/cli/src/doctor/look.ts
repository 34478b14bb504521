import { type MillraceError, toMillraceError } from '@millrace/protocol';
import type { Finding } from './finding.ts';

/** Runs one check; whatever it throws becomes a finding. */
export async function look(
  check: string,
  run: () => Promise<Finding | readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return [await run()].flat();
  } catch (error) {
    return [failed(check, toMillraceError(error))];
  }
}

function failed(check: string, { shortMessage, hint, code }: MillraceError): Finding {
  return { check, status: 'failed', says: shortMessage, hint, code };
}
