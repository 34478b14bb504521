import { RiskError } from './risk-error.ts';

/** What one piece contributes to the answer. */
export type RiskShare = {
  readonly first: number;
  readonly count: number;
  /** Of the losses of all paths, smallest units of money. */
  readonly sum: bigint;
  /** A sum over all paths, modulo 2^64, that differs when any path does. */
  readonly fingerprint: bigint;
  /** How many of the worst losses the plan asked for. */
  readonly wanted: number;
  /** The worst losses, largest first: all of them where there are fewer than wanted. */
  readonly tail: BigInt64Array;
};

const HEADER_BYTES = 56;

/**
 * @param output of a job that `riskJob` has made
 * @throws RiskError `RISK_OUTPUT_INVALID`
 */
export function readShare(output: Uint8Array): RiskShare {
  const invalid = () => new RiskError('RISK_OUTPUT_INVALID', 'The result is no share of a risk calculation.');
  if (output.length < HEADER_BYTES) throw invalid();
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  const word = (index: number) => view.getBigUint64(index * 8, true);
  const [first, count, wanted, size] = [word(0), word(1), word(5), word(6)].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (size !== Math.min(count, wanted) || output.length !== HEADER_BYTES + size * 8) throw invalid();
  const tail = BigInt64Array.from({ length: size }, (_, index) =>
    view.getBigInt64(HEADER_BYTES + index * 8, true),
  );
  if (tail.some((loss, index) => index > 0 && loss > (tail[index - 1] as bigint))) throw invalid();
  const sum = view.getBigInt64(16, true) * 2n ** 20n + view.getBigInt64(24, true);
  return { first, count, sum, fingerprint: word(4), wanted, tail };
}
