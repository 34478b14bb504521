import { readFile } from 'node:fs/promises';
import { RiskError } from './risk-error.ts';

/** Prices of some assets at equal distances in time. */
export type PriceHistory = {
  readonly assets: readonly string[];
  /** Stretches without a gap; in each, a price of every asset for each time. */
  readonly stretches: readonly (readonly (readonly number[])[])[];
};

/** The histories that come with this package; `data/README.md` says where they are from. */
export const HISTORIES = ['eth-usd-hourly', 'stocks-monthly'] as const;
export type HistoryName = (typeof HISTORIES)[number];

/** One of the histories that come with this package. */
export async function loadHistory(name: HistoryName): Promise<PriceHistory> {
  return parseHistory(await readFile(new URL(`../data/${name}.csv`, import.meta.url), 'utf8'));
}

/**
 * @param text lines of a label and a price for each asset, under a line of names; an empty line is a gap in time
 * @throws RiskError `RISK_HISTORY_INVALID`
 */
export function parseHistory(text: string): PriceHistory {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const assets = head.split(',').slice(1);
  const stretches: number[][][] = [[]];
  lines.forEach((line, index) => {
    if (line === '') stretches.push([]);
    else stretches.at(-1)?.push(parseLine(line, assets.length, index + 2));
  });
  if (assets.length === 0 || stretches.some((stretch) => stretch.length < 2))
    throw new RiskError(
      'RISK_HISTORY_INVALID',
      'The history has no asset, or a stretch of less than two lines.',
    );
  return { assets, stretches };
}

function parseLine(line: string, count: number, number: number): number[] {
  const prices = line.split(',').slice(1).map(Number);
  if (prices.length !== count || !prices.every((price) => price > 0 && price < Number.POSITIVE_INFINITY))
    throw new RiskError('RISK_HISTORY_INVALID', `Line ${number} does not have ${count} prices above zero.`);
  return prices;
}
