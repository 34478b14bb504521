export { SCOPE } from '@millrace/protocol/market';
export {
  type BorrowErrorType,
  type BorrowParameters,
  type BorrowReturnType,
  borrow,
} from './borrow/borrow.ts';
export {
  type BuildBorrowParameters,
  type BuildBorrowReturnType,
  buildBorrow,
} from './borrow/build-borrow.ts';
export { type BuildRepayParameters, type BuildRepayReturnType, buildRepay } from './borrow/build-repay.ts';
export {
  type BuildSupplyCollateralParameters,
  type BuildSupplyCollateralReturnType,
  buildSupplyCollateral,
} from './borrow/build-supply-collateral.ts';
export {
  type BuildWithdrawCollateralParameters,
  type BuildWithdrawCollateralReturnType,
  buildWithdrawCollateral,
} from './borrow/build-withdraw-collateral.ts';
export { type RepayErrorType, type RepayParameters, type RepayReturnType, repay } from './borrow/repay.ts';
export {
  type SupplyCollateralErrorType,
  type SupplyCollateralParameters,
  type SupplyCollateralReturnType,
  supplyCollateral,
} from './borrow/supply-collateral.ts';
export {
  type WithdrawCollateralErrorType,
  type WithdrawCollateralParameters,
  type WithdrawCollateralReturnType,
  withdrawCollateral,
} from './borrow/withdraw-collateral.ts';
export type { Call } from './call/call.ts';
export type { SdkClient } from './call/client.ts';
export type { Payment } from './call/explaining.ts';
export {
  type SendCallErrorType,
  type SendCallParameters,
  type SendCallReturnType,
  type SendOptions,
  sendCall,
} from './call/send-call.ts';
export type { Sent } from './call/send-market-call.ts';
export {
  type SimulateCallErrorType,
  type SimulateCallParameters,
  type SimulateCallReturnType,
  simulateCall,
} from './call/simulate-call.ts';
export {
  type SimulateCallsErrorType,
  type SimulateCallsParameters,
  type SimulateCallsReturnType,
  simulateCalls,
} from './call/simulate-calls.ts';
export {
  type DecodeEventsParameters,
  type DecodeEventsReturnType,
  decodeEvents,
  type MarketEvent,
} from './event/decode-events.ts';
export {
  type GetBorrowersErrorType,
  type GetBorrowersParameters,
  type GetBorrowersReturnType,
  getBorrowers,
} from './event/get-borrowers.ts';
export {
  type ScanLogsErrorType,
  type ScanLogsParameters,
  type ScanProgress,
  scanLogs,
} from './event/scan-logs.ts';
export { type BuildPauseParameters, type BuildPauseReturnType, buildPause } from './guardian/build-pause.ts';
export {
  type BuildUnpauseParameters,
  type BuildUnpauseReturnType,
  buildUnpause,
} from './guardian/build-unpause.ts';
export { type BuildRedeemParameters, type BuildRedeemReturnType, buildRedeem } from './lend/build-redeem.ts';
export { type BuildSupplyParameters, type BuildSupplyReturnType, buildSupply } from './lend/build-supply.ts';
export {
  type BuildWithdrawParameters,
  type BuildWithdrawReturnType,
  buildWithdraw,
} from './lend/build-withdraw.ts';
export { type RedeemErrorType, type RedeemParameters, type RedeemReturnType, redeem } from './lend/redeem.ts';
export { type SupplyErrorType, type SupplyParameters, type SupplyReturnType, supply } from './lend/supply.ts';
export {
  type WithdrawErrorType,
  type WithdrawParameters,
  type WithdrawReturnType,
  withdraw,
} from './lend/withdraw.ts';
export {
  type BuildFlashLoanParameters,
  type BuildFlashLoanReturnType,
  buildFlashLoan,
} from './liquidate/build-flash-loan.ts';
export {
  type BuildLiquidateParameters,
  type BuildLiquidateReturnType,
  buildLiquidate,
} from './liquidate/build-liquidate.ts';
export {
  type FlashLoanErrorType,
  type FlashLoanParameters,
  type FlashLoanReturnType,
  flashLoan,
} from './liquidate/flash-loan.ts';
export {
  type GetLiquidationErrorType,
  type GetLiquidationParameters,
  type GetLiquidationReturnType,
  getLiquidation,
} from './liquidate/get-liquidation.ts';
export {
  type LiquidateErrorType,
  type LiquidateParameters,
  type LiquidateReturnType,
  liquidate,
} from './liquidate/liquidate.ts';
export {
  type GetMarketErrorType,
  type GetMarketParameters,
  type GetMarketReturnType,
  getMarket,
} from './market/get-market.ts';
export {
  type CreatedMarket,
  type GetMarketsErrorType,
  type GetMarketsParameters,
  type GetMarketsReturnType,
  getMarkets,
} from './market/get-markets.ts';
export {
  type GetTillsErrorType,
  type GetTillsParameters,
  type GetTillsReturnType,
  getTills,
} from './market/get-tills.ts';
export {
  type GetTokenErrorType,
  type GetTokenParameters,
  type GetTokenReturnType,
  getToken,
} from './market/get-token.ts';
export {
  type GetTokensErrorType,
  type GetTokensParameters,
  type GetTokensReturnType,
  getTokens,
} from './market/get-tokens.ts';
export type { Collateral, Market, MarketParameters } from './market/market.ts';
export type { Token } from './market/token.ts';
export {
  type GetOracleErrorType,
  type GetOracleParameters,
  type GetOracleReturnType,
  getOracle,
} from './oracle/get-oracle.ts';
export type { Source } from './oracle/read-source.ts';
export {
  type BuildPermitParameters,
  type BuildPermitReturnType,
  buildPermit,
} from './permission/build-permit.ts';
export {
  type BuildSetOperatorParameters,
  type BuildSetOperatorReturnType,
  buildSetOperator,
} from './permission/build-set-operator.ts';
export {
  type BuildSetOperatorBySigParameters,
  type BuildSetOperatorBySigReturnType,
  buildSetOperatorBySig,
} from './permission/build-set-operator-by-sig.ts';
export {
  type PermitErrorType,
  type PermitParameters,
  type PermitReturnType,
  permit,
} from './permission/permit.ts';
export {
  type SetOperatorErrorType,
  type SetOperatorParameters,
  type SetOperatorReturnType,
  setOperator,
} from './permission/set-operator.ts';
export {
  type SetOperatorBySigErrorType,
  type SetOperatorBySigParameters,
  type SetOperatorBySigReturnType,
  setOperatorBySig,
} from './permission/set-operator-by-sig.ts';
export {
  type SignOperatorErrorType,
  type SignOperatorParameters,
  type SignOperatorReturnType,
  signOperator,
} from './permission/sign-operator.ts';
export {
  type SignPermitErrorType,
  type SignPermitParameters,
  type SignPermitReturnType,
  signPermit,
} from './permission/sign-permit.ts';
export { basketOf } from './position/basket-of.ts';
export {
  type GetDebtErrorType,
  type GetDebtParameters,
  type GetDebtReturnType,
  getDebt,
} from './position/get-debt.ts';
export {
  type GetPositionErrorType,
  type GetPositionParameters,
  type GetPositionReturnType,
  getPosition,
} from './position/get-position.ts';
export {
  type GetPositionsErrorType,
  type GetPositionsParameters,
  type GetPositionsReturnType,
  getPositions,
} from './position/get-positions.ts';
export type { CollateralPosition, Position } from './position/position.ts';
export type { Outlook } from './quote/outlook.ts';
export type { Quote, QuoteParameters } from './quote/quote.ts';
export { type QuoteBorrowParameters, type QuoteBorrowReturnType, quoteBorrow } from './quote/quote-borrow.ts';
export {
  type QuoteCollateralParameters,
  type QuoteCollateralReturnType,
  quoteCollateral,
} from './quote/quote-collateral.ts';
export {
  type QuoteLiquidationParameters,
  type QuoteLiquidationReturnType,
  quoteLiquidation,
} from './quote/quote-liquidation.ts';
export { type QuoteRepayParameters, type QuoteRepayReturnType, quoteRepay } from './quote/quote-repay.ts';
export { type QuoteShockParameters, type QuoteShockReturnType, quoteShock } from './quote/quote-shock.ts';
export { type QuoteSupplyParameters, type QuoteSupplyReturnType, quoteSupply } from './quote/quote-supply.ts';
export {
  type QuoteWithdrawParameters,
  type QuoteWithdrawReturnType,
  quoteWithdraw,
} from './quote/quote-withdraw.ts';
export {
  type FindLiquidityErrorType,
  type FindLiquidityParameters,
  type FindLiquidityReturnType,
  findLiquidity,
} from './route/find-liquidity.ts';
export { decodeRoute, encodeRoute, type Route } from './route/route.ts';
export { stripeOf } from './route/stripe-of.ts';
export type { Assignment, PlannedOperation } from './stripe/operation.ts';
export {
  type PlanStripesParameters,
  type PlanStripesReturnType,
  planStripes,
} from './stripe/plan-stripes.ts';
export {
  type CreateStripePlannerParameters,
  createStripePlanner,
  type StripePlanner,
} from './stripe/stripe-planner.ts';
export {
  type ApproveErrorType,
  type ApproveParameters,
  type ApproveReturnType,
  approve,
} from './token/approve.ts';
export {
  type BuildApproveParameters,
  type BuildApproveReturnType,
  buildApprove,
} from './token/build-approve.ts';
export {
  type GetAllowanceErrorType,
  type GetAllowanceParameters,
  type GetAllowanceReturnType,
  getAllowance,
} from './token/get-allowance.ts';
export {
  type GetBalanceErrorType,
  type GetBalanceParameters,
  type GetBalanceReturnType,
  getBalance,
} from './token/get-balance.ts';
export {
  type BuildCheckpointParameters,
  type BuildCheckpointReturnType,
  buildCheckpoint,
} from './upkeep/build-checkpoint.ts';
export {
  type BuildMulticallParameters,
  type BuildMulticallReturnType,
  buildMulticall,
} from './upkeep/build-multicall.ts';
export {
  type BuildRebalanceParameters,
  type BuildRebalanceReturnType,
  buildRebalance,
} from './upkeep/build-rebalance.ts';
export {
  type BuildSubmitPriceParameters,
  type BuildSubmitPriceReturnType,
  buildSubmitPrice,
} from './upkeep/build-submit-price.ts';
export {
  type CheckpointErrorType,
  type CheckpointParameters,
  type CheckpointReturnType,
  checkpoint,
} from './upkeep/checkpoint.ts';
export {
  type MulticallErrorType,
  type MulticallParameters,
  type MulticallReturnType,
  multicall,
} from './upkeep/multicall.ts';
export {
  type RebalanceErrorType,
  type RebalanceParameters,
  type RebalanceReturnType,
  rebalance,
} from './upkeep/rebalance.ts';
export {
  type SubmitPriceErrorType,
  type SubmitPriceParameters,
  type SubmitPriceReturnType,
  submitPrice,
} from './upkeep/submit-price.ts';
