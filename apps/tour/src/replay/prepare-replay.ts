import { loadCandles, type PricePoint, type ReplayName, toPricePath } from '@millrace/devnet/prices';

/** What a replay needs before it begins. */
export type PreparedReplay = {
  /** Unix seconds of the chain's first block: a day before the prices begin. */
  genesis: bigint;
  /** The moment and the price at which everybody has their position. */
  start: PricePoint;
  path: readonly PricePoint[];
};

const DAY_SECONDS = 86_400n;

/** @throws PriceDataError when the prices were damaged. */
export async function prepareReplay(replay: ReplayName): Promise<PreparedReplay> {
  const candles = await loadCandles(replay);
  const path = toPricePath(candles);
  const [first] = candles;
  const start = { unix: first?.unix ?? 0n, price: first?.open ?? 0n };
  return { genesis: start.unix - DAY_SECONDS, start, path };
}
