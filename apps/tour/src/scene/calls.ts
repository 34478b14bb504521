import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { tillFactoryAbi } from '@millrace/protocol/contracts/till-factory';
import { encodeRoute, NO_ROUTE, ownStripe } from '@millrace/protocol/market';
import { type Address, encodeFunctionData, maxUint256 } from 'viem';
import type { Call } from '../chain/tour-chain.ts';

const NO_DATA = '0x';
/** Over how many tills a large amount is spread. */
const SPREAD = 8;

/** A mock token out of nothing: the scene has no other source of money. Sent by the receiver. */
export function mint(token: Address, to: Address, amount: bigint): Call {
  const data = encodeFunctionData({ abi: mockTokenAbi, functionName: 'mint', args: [to, amount] });
  return { from: to, to: token, data };
}

export function approve(token: Address, owner: Address, spender: Address): Call {
  const args = [spender, maxUint256] as const;
  const data = encodeFunctionData({ abi: mockTokenAbi, functionName: 'approve', args });
  return { from: owner, to: token, data };
}

export function supply(market: Address, who: Address, assets: bigint, route = NO_ROUTE): Call {
  const args = [assets, who, route, NO_DATA] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'supply', args });
  return { from: who, to: market, data };
}

export function withdraw(market: Address, who: Address, assets: bigint): Call {
  const args = [assets, who, who, NO_ROUTE] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'withdraw', args });
  return { from: who, to: market, data };
}

export function pledge(
  market: Address,
  who: Address,
  collateral: number,
  amount: bigint,
  route: bigint,
): Call {
  const args = [BigInt(collateral), amount, who, route, NO_DATA] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'supplyCollateral', args });
  return { from: who, to: market, data };
}

export function borrow(market: Address, who: Address, assets: bigint): Call {
  const args = [assets, who, who, NO_ROUTE] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'borrow', args });
  return { from: who, to: market, data };
}

export function repay(market: Address, who: Address, assets: bigint): Call {
  const args = [assets, who, NO_ROUTE, NO_DATA] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'repay', args });
  return { from: who, to: market, data };
}

/** Deploys a till beforehand, so that nobody pays for it in a crash. Anyone may. */
export function openTill(factory: Address, market: Address, till: number, from: Address): Call {
  const args = [market, BigInt(till)] as const;
  const data = encodeFunctionData({ abi: tillFactoryAbi, functionName: 'open', args });
  return { from, to: factory, data };
}

/** A route over several tills, the owner's own first: no till holds much of one large amount. */
export function spread(owner: Address, stripes: number): bigint {
  const own = ownStripe(owner, stripes);
  const count = Math.min(SPREAD, stripes);
  return encodeRoute(Array.from({ length: count }, (_, k) => (own + (k * stripes) / count) % stripes));
}
