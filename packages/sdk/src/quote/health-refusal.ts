import type { RevertError } from '@millrace/protocol';
import type { Market } from '../market/market.ts';
import type { Position } from '../position/position.ts';
import { refusal } from './refusal.ts';

/** Why a market would not let a position end like this: too much debt for its collateral, or no price for some of it. */
export function healthRefusal(market: Market, after: Position): RevertError | undefined {
  if (after.debt === 0n) return undefined;
  const held = after.collaterals.filter(({ amount }) => amount > 0n);
  const dead = held.find(({ ask }) => ask === 0n);
  if (dead) return unpriced(market, dead.index);
  if (after.capacity >= after.debt) return undefined;
  const disputed = held.findLast(({ bid }) => bid === 0n);
  if (disputed) return unpriced(market, disputed.index);
  return refusal(market, 'Unhealthy', [after.debt, after.capacity]);
}

function unpriced(market: Market, index: number): RevertError | undefined {
  const collateral = market.collaterals[index];
  return collateral && refusal(market, 'PriceUnavailable', [BigInt(index), collateral.oracle]);
}
