import { type Address, zeroAddress } from 'viem';
import { type Draft, lower, operation } from './draft.ts';
import { refuse } from './refusal.ts';

const MAX_PAUSE_SECONDS = 259_200n;

export type PauseArguments = { readonly durationSeconds: bigint };

/** Inside a transaction; see {@link pause}. */
function runPause(m: Draft, sender: Address, { durationSeconds }: PauseArguments): void {
  requireGuardian(m, sender);
  if (durationSeconds > MAX_PAUSE_SECONDS) refuse('PauseTooLong', MAX_PAUSE_SECONDS, durationSeconds);
  const until = m.terms.pausedUntil;
  if (until !== 0n && m.time < until + MAX_PAUSE_SECONDS) {
    refuse('PauseCoolingDown', until + MAX_PAUSE_SECONDS);
  }
  m.terms = { ...m.terms, pausedUntil: m.time + durationSeconds };
}

/** The guardian stops new supply and borrowing for at most 3 days, and not again until 3 days after that. */
export const pause = operation(runPause);

/** Inside a transaction; see {@link unpause}. */
function runUnpause(m: Draft, sender: Address): void {
  requireGuardian(m, sender);
  if (m.time < m.terms.pausedUntil) m.terms = { ...m.terms, pausedUntil: m.time };
}

/** Ends a pause early. */
export const unpause = operation<void, void>(runUnpause);

function requireGuardian({ config }: Draft, sender: Address): void {
  const guardian = config.guardian ?? zeroAddress;
  if (sender !== lower(guardian)) refuse('NotGuardian', guardian, sender);
}
