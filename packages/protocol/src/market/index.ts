export { ceilingNow, debtOf, indexNow } from './accrual.ts';
export type { Burden } from './bad-debt.ts';
export { type Basket, computeHealth, type Health, type Holding, worthAt } from './basket.ts';
export { positionOf } from './baskets.ts';
export { type BorrowArguments, type BorrowResult, borrow } from './borrow.ts';
export { type CheckpointResult, checkpoint, settle } from './checkpoint.ts';
export type { Action, CollateralConfig, MarketConfig } from './config.ts';
export { type DonateArguments, donate } from './donate.ts';
export type { Outcome, Transaction } from './draft.ts';
export { expWad } from './exp-wad.ts';
export { type FlashLoanArguments, type FlashLoanResult, flashLoan } from './flash-loan.ts';
export {
  ceilDiv,
  clamp,
  grownDown,
  grownUp,
  MAX_INDEX,
  MAX_RATE,
  MIN_PRICE,
  MIN_SLEW,
  PRICE_SCALE,
  slewed,
  unitsDown,
  unitsUp,
  utilisation,
  worthDown,
  worthUp,
} from './index-math.ts';
export { type LiquidateArguments, type LiquidateResult, liquidate } from './liquidate.ts';
export {
  bonus,
  closeOutBonus,
  isCloseOut,
  MIN_BONUS,
  priceOf,
  repayToTarget,
} from './liquidation-math.ts';
export { computeLiquidationPrice } from './liquidation-price.ts';
export { type Call, multicall } from './multicall.ts';
export { type PauseArguments, pause, unpause } from './pause.ts';
export {
  type ApproveArguments,
  approve,
  SCOPE,
  type SetOperatorArguments,
  setOperator,
} from './permissions.ts';
export {
  type AdaptiveRate,
  type BrokenRate,
  type KinkRate,
  nextRate,
  type RateAnswer,
  type RateModel,
} from './rates.ts';
export { type RebalanceArguments, type RebalanceResult, rebalance } from './rebalance.ts';
export type { Refusal, RefusalName } from './refusal.ts';
export { type RepayArguments, type RepayResult, repay } from './repay.ts';
export { encodeRoute, NO_ROUTE, ownStripe } from './route.ts';
export { setQuote } from './set-quote.ts';
export {
  sharesOf,
  type TransferArguments,
  type TransferFromArguments,
  transfer,
  transferFrom,
} from './shares.ts';
export { type Shock, simulateShock } from './shock.ts';
export {
  type Accrual,
  createMarketState,
  type Grant,
  type MarketState,
  type Position,
  type Quote,
  type Stripe,
  type Terms,
  type Totals,
  totals,
} from './state.ts';
export {
  type MintArguments,
  type MintResult,
  mint,
  type SupplyArguments,
  type SupplyResult,
  supply,
} from './supply.ts';
export { type SupplyCollateralArguments, supplyCollateral } from './supply-collateral.ts';
export {
  type RedeemArguments,
  type RedeemResult,
  redeem,
  type WithdrawArguments,
  type WithdrawResult,
  withdraw,
} from './withdraw.ts';
export { type WithdrawCollateralArguments, withdrawCollateral } from './withdraw-collateral.ts';
export { type Books, computeBorrowApr, computeOwed, computeSupplyApr, computeUtilisation } from './yields.ts';
