import { readFile } from 'node:fs/promises';
import { type Candle, parseCandles } from './parse-candles.ts';
import type { ReplayName } from './replay-names.ts';

const FOLDER = new URL('../../data/prices/', import.meta.url);

/**
 * The hourly prices of ETH in dollars around a crash: 336 hours, see `data/prices/README.md` for their source.
 *
 * @throws {@link PriceDataError} when the file was damaged.
 */
export async function loadCandles(replay: ReplayName): Promise<Candle[]> {
  return parseCandles(await readFile(new URL(`eth-usd-${replay}.csv`, FOLDER), 'utf8'));
}
