import {
  computeHealth,
  debtOf,
  type Health,
  type MarketState,
  positionOf,
  sharesOf,
} from '@millrace/protocol/market';
import type { Address } from 'viem';

/** Health of an owner in the model at a time. */
export function healthOf(state: MarketState, owner: Address, time: bigint): Health {
  const { collaterals } = positionOf(state, owner);
  const holdings = state.config.collaterals.map((terms, i) => {
    const { bid, ask } = state.quotes[i] ?? { bid: 0n, ask: 0n };
    return { ...terms, bid, ask, amount: collaterals[i] ?? 0n };
  });
  return computeHealth({ debt: debtOf(state, owner, time), holdings });
}

/** Who among `owners` lends, owes, or may be liquidated. */
export function survey(state: MarketState, owners: readonly Address[], time: bigint) {
  return {
    lenders: owners.filter((owner) => sharesOf(state, owner) > 0n),
    debtors: owners.filter((owner) => debtOf(state, owner, time) > 0n),
    pledgers: owners.filter((owner) => healthOf(state, owner, time).capacity > 0n),
    victims: owners.filter((owner) => (healthOf(state, owner, time).healthWad ?? 10n ** 18n) < 10n ** 18n),
  };
}
