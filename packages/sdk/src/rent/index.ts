export { JobError } from './error/job-error.ts';
export { RentError } from './error/rent-error.ts';
export type { RentErrorCode } from './error/rent-words.ts';
export {
  DISTRUST_SECONDS,
  type Experience,
  forget,
  HALF_LIFE_SECONDS,
  isDistrusted,
  NO_MEMORY,
  type NodeMemory,
  type NodeRecord,
  remember,
  trustIn,
} from './memory/node-memory.ts';
export {
  type AttemptCost,
  costOfAttempts,
  isAffordable,
} from './plan/budget.ts';
export {
  type CheckReceiptParameters,
  checkReceipt,
  type GivenJob,
  type LastReceipt,
  type ReceiptFlaw,
} from './plan/check-receipt.ts';
export { type AttemptTimes, latenessOf } from './plan/lateness.ts';
export { mostWork, type RunningJob, SPEED_MARGIN } from './plan/plausible-work.ts';
export { type SuggestDepositParameters, suggestDeposit } from './plan/suggest-deposit.ts';
export { type Deal, dismissOffer, type OfferContext } from './rank/dismiss-offer.ts';
export { type Estimate, estimateOffer, mostDueOf } from './rank/estimate-offer.ts';
export type { Dismissal, DismissalCode, Offer } from './rank/offer.ts';
export {
  PREFERENCES,
  type Preference,
  type RankedOffer,
  type Ranking,
  type RankOffersParameters,
  rankOffers,
} from './rank/rank-offers.ts';
export type { RentRecord } from './store/rent-record.ts';
export { applyRentRecord, emptyRentState, type RentState, rentRecordsOf } from './store/rent-state.ts';
export { createMemoryStore, RENT_MEANING, type RentStore } from './store/rent-store.ts';
