import type { RiskShare } from './read-share.ts';
import { RiskError } from './risk-error.ts';
import { tailOf } from './risk-plan.ts';

/** What a portfolio may lose; amounts in its smallest units of money, gains below zero. */
export type RiskReport = {
  readonly paths: number;
  /** Of all paths, rounded up. */
  readonly meanLoss: bigint;
  /** Value at risk: at most 5 paths of 100 lose more than this. */
  readonly var95: bigint;
  readonly var99: bigint;
  /** Expected shortfall: the mean loss of the worst 5 paths of 100, rounded up. */
  readonly shortfall95: bigint;
  readonly shortfall99: bigint;
  readonly worst: bigint;
  /** The same whenever every path of two calculations is the same, however they were split. */
  readonly fingerprint: string;
};

/**
 * Puts the results of pieces together, in any order: exactly what one machine would have found.
 *
 * @param paths of the plan
 * @throws RiskError `RISK_PIECES_INCOMPLETE` unless the pieces are all paths, each once
 */
export function mergeRisk(paths: number, shares: readonly RiskShare[]): RiskReport {
  checkPieces(paths, shares);
  const tail = BigInt64Array.from(shares.flatMap((share) => [...share.tail]))
    .sort()
    .reverse();
  const sum = shares.reduce((total, share) => total + share.sum, 0n);
  const fingerprint = BigInt.asUintN(
    64,
    shares.reduce((total, share) => total + share.fingerprint, 0n),
  );
  const beyond = (percent: number) => Math.floor((paths * percent) / 100);
  const at = (percent: number) => tail[beyond(percent)] as bigint;
  const shortfall = (percent: number) => {
    const worst = tail.subarray(0, Math.max(1, beyond(percent)));
    return divideUp(
      worst.reduce((total, loss) => total + loss, 0n),
      BigInt(worst.length),
    );
  };
  return {
    paths,
    meanLoss: divideUp(sum, BigInt(paths)),
    var95: at(5),
    var99: at(1),
    shortfall95: shortfall(5),
    shortfall99: shortfall(1),
    worst: tail[0] as bigint,
    fingerprint: fingerprint.toString(16).padStart(16, '0'),
  };
}

function checkPieces(paths: number, shares: readonly RiskShare[]): void {
  let next = 0;
  for (const { first, count, wanted } of [...shares].sort((a, b) => a.first - b.first)) {
    if (first !== next || wanted !== tailOf(paths)) throw incomplete();
    next += count;
  }
  if (next !== paths) throw incomplete();
}

function incomplete(): RiskError {
  return new RiskError('RISK_PIECES_INCOMPLETE', 'These pieces are not all paths of the plan, each once.');
}

/** Losses round up, also below zero. */
function divideUp(amount: bigint, by: bigint): bigint {
  const quotient = amount / by;
  return amount > quotient * by ? quotient + 1n : quotient;
}
