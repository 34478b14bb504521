import { formatMoney } from '@millrace/protocol';
import type { Violation } from '../invariants/check.ts';
import type { Outcome } from './outcome.ts';

const USD_DECIMALS = 6;

/** An outcome for people, several lines. */
export function printOutcome(outcome: Outcome): string {
  const money = (amount: bigint) => formatMoney(amount, USD_DECIMALS, 'debt', '$');
  return [
    `replay        ${outcome.replay}`,
    `blocks        ${outcome.blocks}, all invariants ${outcome.invariantsHeld ? 'held' : 'did NOT hold'}`,
    `liquidations  ${outcome.liquidations}`,
    `bad debt      ${money(outcome.badDebt)}`,
    `reserve       ${money(outcome.reserve)}`,
    `lenders lost  ${money(outcome.lenderLoss)}`,
  ].join('\n');
}

/** A violation in one line. */
export function printViolation({ id, says, found, market, block }: Violation): string {
  return `${id} does not hold after block ${block} in ${market}. ${says} Found: ${found}.`;
}
