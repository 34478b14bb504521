import type { PriceHistory } from './price-history.ts';
import { RiskError } from './risk-error.ts';

/** What is to be known. Equal plans have equal answers, to the last bit. */
export type RiskPlan = {
  readonly history: PriceHistory;
  /** Money held of assets of the history, smallest units (cents, say); below zero for what is owed. */
  readonly positions: Readonly<Record<string, bigint>>;
  /** How far ahead, in lines of the history: hours or months. */
  readonly steps: number;
  /** How many consecutive lines are drawn together: calm and wild times come in runs. */
  readonly block: number;
  /** Of all pieces together. */
  readonly paths: number;
  /** Decides every path: 0 to 2^64 − 1. */
  readonly seed: bigint;
};

/** Shares of the worst paths that a report speaks of reach from here on: 5 %. */
const LARGEST_TAIL_PERCENT = 5;

/** How many of the worst losses of any piece can matter to the whole. */
export function tailOf(paths: number): number {
  return Math.floor((paths * LARGEST_TAIL_PERCENT) / 100) + 1;
}

const MAGIC = 0x31304b5352494b52n;
const HEADER_BYTES = 48;
/** Growth is counted in 2^-26. */
const GROWTH_UNITS = 2 ** 26;

/**
 * The plan as bytes: the first input of every piece.
 *
 * @throws RiskError `RISK_PLAN_INVALID`
 */
export function writePlan(plan: RiskPlan): Uint8Array {
  checkPlan(plan);
  const { history, positions, steps, block, paths, seed } = plan;
  const { assets } = history;
  const { growth, starts } = rowsOf(history, block);
  if (starts.length === 0) throw invalid(`No stretch of the history has ${block + 1} lines.`);
  const bytes = new Uint8Array(HEADER_BYTES + assets.length * 8 + starts.length * 4 + growth.length * 4);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, MAGIC, true);
  view.setBigUint64(8, seed, true);
  const numbers = [assets.length, growth.length / assets.length, starts.length, steps, block, tailOf(paths)];
  numbers.forEach((number, index) => {
    view.setUint32(16 + 4 * index, number, true);
  });
  let at = HEADER_BYTES;
  for (const asset of assets) {
    view.setBigInt64(at, positions[asset] ?? 0n, true);
    at += 8;
  }
  for (const word of [...starts, ...growth]) {
    view.setUint32(at, word, true);
    at += 4;
  }
  return bytes;
}

/** By which factor each price changed from line to line, and at which of these rows a block may begin. */
function rowsOf({ stretches }: PriceHistory, block: number): { growth: number[]; starts: number[] } {
  const growth: number[] = [];
  const starts: number[] = [];
  let row = 0;
  for (const stretch of stretches) {
    const rows = stretch.length - 1;
    for (let line = 0; line < rows; line++, row++) {
      if (line + block <= rows) starts.push(row);
      growth.push(...factorsOf(stretch[line] as number[], stretch[line + 1] as number[]));
    }
  }
  return { growth, starts };
}

function factorsOf(before: readonly number[], after: readonly number[]): number[] {
  return before.map((price, asset) => {
    const factor = Math.round(((after[asset] as number) / price) * GROWTH_UNITS);
    if (factor < 8 * GROWTH_UNITS) return factor;
    throw invalid('A price grew eightfold or more from one line to the next.');
  });
}

const LARGEST_POSITION = 2n ** 47n;

function checkPlan({ history, positions, steps, block, paths, seed }: RiskPlan): void {
  for (const [asset, money] of Object.entries(positions)) {
    if (!history.assets.includes(asset)) throw invalid(`The history has no prices of ${asset}.`);
    if (money > LARGEST_POSITION || money < -LARGEST_POSITION)
      throw invalid(`The position of ${asset} is beyond 2^47.`);
  }
  if (!isWhole(steps, 4096)) throw invalid('The steps are no whole number from 1 to 4096.');
  if (!isWhole(block, 4096)) throw invalid('The block is no whole number from 1 to 4096.');
  if (!isWhole(paths, 10_000_000)) throw invalid('The paths are no whole number from 1 to 10 million.');
  if (seed < 0n || seed >= 2n ** 64n) throw invalid('The seed is not from 0 to 2^64 − 1.');
}

function isWhole(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}

function invalid(message: string): RiskError {
  return new RiskError('RISK_PLAN_INVALID', message);
}
