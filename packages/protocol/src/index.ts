export type { ErrorContext, TokenFacts } from './errors/error-context.ts';
export { InvalidAmountError } from './errors/invalid-amount-error.ts';
export {
  type Fault,
  MillraceError,
  type MillraceErrorOptions,
  type SerializedMillraceError,
} from './errors/millrace-error.ts';
export { NetworkError } from './errors/network-error.ts';
export { InsufficientApprovalError, InsufficientBalanceError } from './errors/payment-errors.ts';
export { RevertError } from './errors/revert-error.ts';
export { toMillraceError } from './errors/to-millrace-error.ts';
export { TransactionError } from './errors/transaction-error.ts';
export { UnexpectedError } from './errors/unexpected-error.ts';
export { WalletError } from './errors/wallet-error.ts';
export { WrongChainError } from './errors/wrong-chain-error.ts';
export { formatAmount, parseAmount } from './units/amount.ts';
export { amountsAsText } from './units/amounts-as-text.ts';
export { greatest, least } from './units/extremes.ts';
export {
  BPS,
  bpsToWad,
  divide,
  mulDivDown,
  mulDivUp,
  RAY,
  type Rounding,
  WAD,
  wadToBps,
} from './units/fixed-point.ts';
export { formatHealth, formatMoney, formatPercent, formatTokens, type Side } from './units/presets.ts';
export { aprToRatePerSecond, ratePerSecondToApr, SECONDS_PER_YEAR } from './units/rate.ts';
