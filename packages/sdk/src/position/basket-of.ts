import type { Basket } from '@millrace/protocol/market';
import type { Collateral, Market } from '../market/market.ts';

type Held = { readonly amount: bigint; readonly bid: bigint; readonly ask: bigint };

/** A position as the maths of `@millrace/protocol/market` sees it. */
export function basketOf(
  market: Pick<Market, 'collaterals'>,
  position: { readonly debt: bigint; readonly collaterals: readonly Held[] },
): Basket {
  const holdings = market.collaterals.map((terms, i) => holdingOf(terms, position.collaterals[i]));
  return { debt: position.debt, holdings };
}

function holdingOf(terms: Pick<Collateral, 'borrowLtvBps' | 'liquidationLtvBps'>, held: Held | undefined) {
  return {
    amount: held?.amount ?? 0n,
    bid: held?.bid ?? 0n,
    ask: held?.ask ?? 0n,
    borrowLtvBps: terms.borrowLtvBps,
    liquidationLtvBps: terms.liquidationLtvBps,
  };
}
