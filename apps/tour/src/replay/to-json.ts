import { formatAmount } from '@millrace/protocol';
import type { Outcome } from './outcome.ts';

const USD_DECIMALS = 6;

/**
 * An outcome as one line of JSON. Amounts are dollars as JSON numbers, written digit by digit from the base units, so no
 * float was involved.
 */
export function toJson({ replay, blocks, invariantsHeld, liquidations, ...amounts }: Outcome): string {
  const facts = { replay, blocks, invariantsHeld, liquidations };
  const { badDebt, reserve, lenderLoss } = amounts;
  const money = Object.entries({ badDebt, reserve, lenderLoss }).map(
    ([name, amount]) => `"${name}":${formatAmount(amount, USD_DECIMALS)}`,
  );
  return `${JSON.stringify(facts).slice(0, -1)},${money.join(',')}}`;
}
