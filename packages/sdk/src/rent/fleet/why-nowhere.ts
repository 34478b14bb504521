import type { MillraceError } from '@millrace/protocol';
import { RentError } from '../error/rent-error.ts';
import { type NoOfferReason, noOffer } from '../plan/no-offer.ts';
import type { Ranking } from '../rank/rank-offers.ts';
import type { FleetState } from './fleet-state.ts';
import type { Run } from './run.ts';

/**
 * Why no node can have a job now.
 *
 * @param tooDear a node is there, and the price cap of the job leaves no room for it
 */
export function whyNowhere(
  state: FleetState,
  run: Run,
  dismissed: Ranking['dismissed'],
  tooDear: boolean,
): MillraceError {
  const tried = run.failures.map(({ node, error }) => ({
    node,
    code: error.code,
    message: error.shortMessage,
  }));
  const resting = [...state.slots.values()].filter(({ restUntil }) => restUntil > Date.now());
  const short = resting.find(({ lastError }) => lastError?.code === 'RENT_FUNDS')?.lastError;
  if (short !== undefined && tried.length === 0) return short;
  if (tooDear) {
    const words = `What was tried and one more attempt together pass the price cap of ${run.spec.needs.priceCap}.`;
    return new RentError('RENT_PRICE_CAP', words, { tried });
  }
  const reasons = reasonsOf(state, run, dismissed);
  const last =
    run.failures.at(-1)?.error ?? resting.at(-1)?.lastError ?? state.refused.of(run.group).at(-1)?.error;
  if (tried.length > 0) {
    const words = `The job was tried ${tried.length} times, and no node is left.`;
    return new RentError('RENT_ATTEMPTS_FAILED', words, { tried, dismissed: reasons }, last);
  }
  const failed = resting.map(({ node, endpoint, lastError }) => ({
    node,
    endpoint,
    code: lastError?.code,
    sentence: lastError?.shortMessage,
  }));
  return noOffer(reasons, failed, last);
}

/** Nodes whose offers do not fit, and those that said no themselves. */
function reasonsOf(state: FleetState, run: Run, dismissed: Ranking['dismissed']): NoOfferReason[] {
  const unfit = dismissed.map(({ offer: { ask }, code, sentence }) => ({
    node: ask.node,
    endpoint: ask.endpoint,
    code,
    sentence,
  }));
  const known = new Set(unfit.map(({ node }) => node));
  const refused = state.refused.of(run.group).filter(({ node }) => !known.has(node));
  return [
    ...unfit,
    ...refused.map(({ node, endpoint, error }) => ({
      node,
      endpoint,
      code: error.code,
      sentence: error.shortMessage,
    })),
  ];
}
