import { type Basket, computeHealth, computeLiquidationPrice, worthAt } from '@millrace/protocol/market';
import type { Address } from 'viem';
import type { Position } from './position.ts';

type Supply = { readonly owner: Address; readonly shares: bigint; readonly supplied: bigint };

/** A position from what it holds and owes: its worth, health and liquidation prices follow. */
export function toPosition(supply: Supply, basket: Basket): Position {
  const { value, capacity, limit, healthWad } = computeHealth(basket);
  return {
    ...supply,
    debt: basket.debt,
    value,
    capacity,
    limit,
    available: capacity > basket.debt ? capacity - basket.debt : 0n,
    healthWad: healthWad ?? 'infinite',
    collaterals: basket.holdings.map(({ amount, bid, ask }, index) => ({
      index,
      amount,
      value: worthAt(amount, ask),
      bid,
      ask,
      liquidationPrice: amount === 0n ? undefined : computeLiquidationPrice(basket, index),
    })),
  };
}
