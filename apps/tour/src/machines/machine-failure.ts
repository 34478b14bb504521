import { TourError } from '../tour-error.ts';

/** @param what in words, such as “has ended (SIGKILL)” @param said the last that it said, JSON lines or anything */
export function machineFailure(name: string, what: string, said: string): TourError {
  const hint = hintOf(said);
  return new TourError(`The ${name} ${what}.`, {
    code: 'MACHINE_FAILED',
    fault: 'provider',
    ...(hint !== '' && { hint }),
  });
}

/** A node says why it gives up as one line of JSON. */
function hintOf(said: string): string {
  const last = said.trim().split('\n').at(-1) ?? '';
  try {
    const { error } = JSON.parse(last) as { error?: { shortMessage?: string; message?: string } };
    return error?.shortMessage ?? error?.message ?? '';
  } catch {
    return last;
  }
}
