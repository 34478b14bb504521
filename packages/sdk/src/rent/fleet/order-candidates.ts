import type { JobSpec } from '@millrace/protocol/compute';
import { runSecondsOf } from '../rank/estimate-offer.ts';
import { type Preference, type RankedOffer, scoreOf } from '../rank/rank-offers.ts';

/** How busy this renter keeps a node itself. */
export type OwnLoad = { readonly jobs: number; readonly slots: number };

/**
 * Offers again, with the renter's own jobs in front of the next one counted: best first.
 *
 * @param typicalMilliseconds what jobs like this take; `undefined` when nobody knows yet
 */
export function orderCandidates(
  ranked: readonly RankedOffer[],
  {
    spec,
    prefer,
    loadOf,
    typicalMilliseconds,
  }: {
    readonly spec: JobSpec;
    readonly prefer: Preference;
    readonly loadOf: (offer: RankedOffer) => OwnLoad;
    readonly typicalMilliseconds: number | undefined;
  },
): RankedOffer[] {
  const scored = ranked.map((offer) => {
    const { jobs, slots } = loadOf(offer);
    const speed = offer.offer.ask.hardware.fuelPerSecond[spec.profile];
    const limit = runSecondsOf(spec, speed);
    const each = typicalMilliseconds === undefined ? limit : Math.min(limit, typicalMilliseconds / 1_000);
    // The limits stand for all jobs of the group; what is known of them is better.
    const completionSeconds = offer.completionSeconds - limit + each * (1 + jobs / slots);
    return {
      offer,
      score: scoreOf({ ...offer, completionSeconds: Math.max(0.001, completionSeconds) }, prefer),
    };
  });
  return scored.sort((a, b) => a.score - b.score).map(({ offer }) => offer);
}
