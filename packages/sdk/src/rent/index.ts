export type { Funding } from './channel/fund.ts';
export type { DepositLimits } from './channel/open-link.ts';
export { JobError } from './error/job-error.ts';
export { RentError } from './error/rent-error.ts';
export type { RentErrorCode } from './error/rent-words.ts';
export type { EscrowResult, RunEscrowOptions } from './escrow/run-escrow.ts';
export type { Discovery } from './find/offer-book.ts';
export type { RentContracts, RenterEvent, RentTiming } from './host/rent-host.ts';
export type { JobHandle, JobResult, RentEvent } from './job/job-handle.ts';
export type { RentJob } from './job/rent-job.ts';
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
export type { ListedChannel } from './renter/channels.ts';
export { createRenter } from './renter/create-renter.ts';
export type { CreateRenterParameters, RunManyOptions, RunOptions } from './renter/options.ts';
export type { Renter } from './renter/renter.ts';
export type { ManyEnd, ManyHandle } from './renter/run-many.ts';
export type { RentRecord } from './store/rent-record.ts';
export {
  applyRentRecord,
  type ChannelFacts,
  emptyRentState,
  type JobFacts,
  type RentState,
  rentRecordsOf,
} from './store/rent-state.ts';
export { createMemoryStore, RENT_MEANING, type RentStore } from './store/rent-store.ts';
