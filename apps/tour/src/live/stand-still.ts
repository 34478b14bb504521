import type { PricePoint } from '@millrace/devnet/prices';

const STEP_SECONDS = 60n;

/** A path, and after its end its last price for ever, minute by minute: the scene stays open for whoever wants to play on. */
export function* thenStandStill(path: readonly PricePoint[]): Generator<PricePoint> {
  yield* path;
  const last = path.at(-1);
  if (last === undefined) return;
  for (let unix = last.unix + STEP_SECONDS; ; unix += STEP_SECONDS) yield { unix, price: last.price };
}
