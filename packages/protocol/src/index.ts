export { InvalidAmountError } from './errors/invalid-amount-error.ts';
export {
  type Fault,
  MillraceError,
  type MillraceErrorOptions,
  type SerializedMillraceError,
} from './errors/millrace-error.ts';
export { formatAmount, parseAmount } from './units/amount.ts';
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
