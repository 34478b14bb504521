import { formatHealth, parseAmount } from '@millrace/protocol';
import type { Raise } from '../alerts/raise.ts';
import type { HeadStep } from '../chain/head.ts';
import type { Position } from '../chain/positions.ts';
import type { MarketSettings } from '../config/schema.ts';
import type { KeptMarket } from '../kept-market.ts';
import { readBelow } from '../plan/latch.ts';

type Watch = MarketSettings['watch'][number];

/** One alert for each crossing of each threshold of a watched address. */
export async function alertHealth(
  raise: Raise,
  market: KeptMarket,
  watch: Watch,
  position: Position,
  hysteresisBps: bigint,
  head: HeadStep,
): Promise<void> {
  // Without a price there is no health: the oracle has its own alert.
  if (position.collaterals.some(({ amount, ask }) => amount > 0n && ask === 0n)) return;
  const lowest = Math.min(...watch.thresholds);
  for (const threshold of watch.thresholds) {
    const line = parseAmount(String(threshold), 18);
    const reading = readBelow(position.health, line, hysteresisBps);
    await raise(`health:${market.address}:${watch.address}:${threshold}`, reading, head.number, () => ({
      kind: 'health',
      severity: threshold === lowest ? 'critical' : 'warning',
      text: `Health of ${watch.label ?? watch.address} in ${market.name} is ${formatHealth(position.health)}, below ${threshold}.`,
      details: {
        market: market.name,
        address: watch.address,
        threshold: String(threshold),
        health: String(position.health),
        debt: String(position.debt),
      },
    }));
  }
}
