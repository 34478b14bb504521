import { trustIn } from '../memory/node-memory.ts';
import { dismissOffer, type OfferContext } from './dismiss-offer.ts';
import { type Estimate, estimateOffer } from './estimate-offer.ts';
import type { Dismissal, Offer } from './offer.ts';

/** What matters more when nodes are compared. */
export type Preference = 'cheap' | 'fast' | 'balanced';

/**
 * How much cost, completion and trust weigh. Ratios count, not differences: with `balanced`, twice the price is made up for
 * by half the time.
 */
export const PREFERENCES: Readonly<Record<Preference, { cost: number; time: number; trust: number }>> = {
  cheap: { cost: 1, time: 0.1, trust: 1 },
  balanced: { cost: 0.5, time: 0.5, trust: 1 },
  fast: { cost: 0.1, time: 1, trust: 1 },
};

/** An offer that fits, and what it would come to. */
export type RankedOffer = Estimate & {
  readonly offer: Offer;
  /** Above 0 and below 1; see `trustIn`. */
  readonly trust: number;
  /** `cost^a · seconds^b / trust^c`, as the preference weighs them; smaller is better. */
  readonly score: number;
};

export type Ranking = {
  /** Best first. */
  readonly ranked: readonly RankedOffer[];
  /** Those that do not fit. */
  readonly dismissed: readonly Dismissal[];
};

export type RankOffersParameters = OfferContext & {
  readonly offers: readonly Offer[];
  /** Default: `balanced`. */
  readonly prefer?: Preference | undefined;
};

/**
 * Sorts out the offers that a job cannot use, and ranks the others. Pure.
 *
 * @example
 * ```ts
 * const { ranked, dismissed } = rankOffers({ offers, spec, memory: NO_MEMORY, now: Date.now(), prefer: 'cheap' })
 * for (const { offer, code, sentence } of dismissed) console.log(offer.ask.endpoint, code, sentence)
 * ```
 */
export function rankOffers({ offers, prefer = 'balanced', ...context }: RankOffersParameters): Ranking {
  const ranked: RankedOffer[] = [];
  const dismissed: Dismissal[] = [];
  for (const offer of offers) {
    const dismissal = dismissOffer(offer, context);
    if (dismissal === undefined) ranked.push(scored(offer, context, prefer));
    else dismissed.push(dismissal);
  }
  return { ranked: ranked.sort(byScore), dismissed };
}

function scored(offer: Offer, context: OfferContext, prefer: Preference): RankedOffer {
  const estimate = estimateOffer(offer, context);
  const trust = trustIn(context.memory, offer.ask.node, context.now / 1_000);
  return { ...estimate, offer, trust, score: scoreOf({ ...estimate, trust }, prefer) };
}

/** One base unit is added, so that nothing is infinitely better for being free. */
export function scoreOf(
  { mostDue, completionSeconds, trust }: Pick<RankedOffer, 'mostDue' | 'completionSeconds' | 'trust'>,
  prefer: Preference,
): number {
  const { cost, time, trust: reliance } = PREFERENCES[prefer];
  return ((Number(mostDue) + 1) ** cost * completionSeconds ** time) / trust ** reliance;
}

/** Equals are ordered by address, so that the order never depends on who answered first. */
function byScore(a: RankedOffer, b: RankedOffer): number {
  if (a.score !== b.score) return a.score - b.score;
  return a.offer.ask.node.toLowerCase() < b.offer.ask.node.toLowerCase() ? -1 : 1;
}
