import { stripeOf } from '../route/stripe-of.ts';
import { isOutgoing, type PlannedOperation } from './operation.ts';
import type { TillLedger } from './till-ledger.ts';

const MOST_TILLS = 30;

/** The tills for one operation: one that can serve it alone and has the least work in flight, else as few as will do. */
export function chooseTills(ledger: TillLedger, operation: PlannedOperation): number[] {
  const tills = Array.from({ length: ledger.size }, (_, till) => till);
  const alone = tills.filter((till) => canServe(ledger, operation, till));
  const best = leastBusy(ledger, operation, alone);
  if (best !== undefined) return [best];
  return isOutgoing(operation) ? gather(ledger, operation, tills) : spread(ledger, operation, tills);
}

function canServe(ledger: TillLedger, operation: PlannedOperation, till: number): boolean {
  if (isOutgoing(operation)) return ledger.free(till) >= operation.amount;
  const most = operation.mostPerTill;
  return most === undefined || ledger.held(till) + operation.amount <= most;
}

/** Ties go to the owner's own stripe, then to money where it is scarce, from where it is plenty, then to the lowest number. */
function leastBusy(
  ledger: TillLedger,
  operation: PlannedOperation,
  tills: readonly number[],
): number | undefined {
  const own = stripeOf(operation.owner, ledger.size);
  const sign = isOutgoing(operation) ? -1n : 1n;
  const better = (a: number, b: number) => {
    const work = ledger.workOn(a) - ledger.workOn(b);
    if (work !== 0) return work;
    if (a === own || b === own) return a === own ? -1 : 1;
    const money = sign * (ledger.free(a) - ledger.free(b));
    return money === 0n ? a - b : Number(money > 0n) * 2 - 1;
  };
  return [...tills].sort(better)[0];
}

/** The fullest tills until they hold enough. */
function gather(ledger: TillLedger, { amount }: PlannedOperation, tills: readonly number[]): number[] {
  const fullest = [...tills].sort((a, b) => (ledger.free(a) < ledger.free(b) ? 1 : -1));
  const chosen: number[] = [];
  let missing = amount;
  for (const till of fullest) {
    if (missing <= 0n || chosen.length === MOST_TILLS || ledger.free(till) === 0n) break;
    chosen.push(till);
    missing -= ledger.free(till);
  }
  return chosen;
}

/** The emptiest tills, as few as take an equal part each without passing their limit. */
function spread(ledger: TillLedger, operation: PlannedOperation, tills: readonly number[]): number[] {
  const emptiest = [...tills].sort((a, b) => (ledger.held(a) > ledger.held(b) ? 1 : -1)).slice(0, MOST_TILLS);
  const most = operation.mostPerTill ?? 0n;
  for (let n = 2; n <= emptiest.length; n++) {
    // The first till takes the remainder as well.
    const part = operation.amount / BigInt(n) + BigInt(n);
    const chosen = emptiest.slice(0, n);
    if (chosen.every((till) => ledger.held(till) + part <= most)) return chosen;
  }
  return emptiest;
}
