import { flashBorrowerAbi } from '@millrace/protocol/contracts/flash-borrower';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockOracleAbi } from '@millrace/protocol/contracts/mock-oracle';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { type Call, DEPLOYER } from '../../chain/bench-chain.ts';
import { NO_ROUTE, PRICE_SCALE } from './numbers.ts';

/** A deployed market and the calls of the measuring stick on it. */
export type BenchMarket = {
  address: Address;
  asset: Address;
  collateral: Address;
  oracle: Address;
  flashBorrower: Address;
  stripes: number;
};

const COLLATERAL = 0n;
const NO_DATA = '0x';

function toMarket(market: BenchMarket, from: Address, label: string, data: Hex): Call {
  return { from, to: market.address, data, label };
}

export function supply(m: BenchMarket, user: Address, assets: bigint, route = NO_ROUTE): Call {
  const args = [assets, user, route, NO_DATA] as const;
  return toMarket(m, user, 'supply', encodeFunctionData({ abi: iMarketAbi, functionName: 'supply', args }));
}

export function withdraw(m: BenchMarket, user: Address, assets: bigint, route = NO_ROUTE): Call {
  const args = [assets, user, user, route] as const;
  return toMarket(
    m,
    user,
    'withdraw',
    encodeFunctionData({ abi: iMarketAbi, functionName: 'withdraw', args }),
  );
}

export function redeem(m: BenchMarket, user: Address, shares: bigint, route = NO_ROUTE): Call {
  const args = [shares, user, user, route] as const;
  return toMarket(m, user, 'redeem', encodeFunctionData({ abi: iMarketAbi, functionName: 'redeem', args }));
}

export function supplyCollateral(m: BenchMarket, user: Address, amount: bigint): Call {
  const args = [COLLATERAL, amount] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'supplyCollateral', args });
  return toMarket(m, user, 'supplyCollateral', data);
}

/** The long form: any owner, any tills, a callback if there is data. */
export function supplyCollateralOf(m: BenchMarket, user: Address, amount: bigint): Call {
  const args = [COLLATERAL, amount, user, NO_ROUTE, NO_DATA] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'supplyCollateral', args });
  return toMarket(m, user, 'supplyCollateral', data);
}

export function withdrawCollateral(m: BenchMarket, user: Address, amount: bigint, route = NO_ROUTE): Call {
  const args = [COLLATERAL, amount, user, user, route] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'withdrawCollateral', args });
  return toMarket(m, user, 'withdrawCollateral', data);
}

export function borrow(m: BenchMarket, user: Address, assets: bigint, route = NO_ROUTE): Call {
  const args = [assets, user, user, route] as const;
  return toMarket(m, user, 'borrow', encodeFunctionData({ abi: iMarketAbi, functionName: 'borrow', args }));
}

export function repay(m: BenchMarket, user: Address, assets: bigint, route = NO_ROUTE): Call {
  const args = [assets, user, route, NO_DATA] as const;
  return toMarket(m, user, 'repay', encodeFunctionData({ abi: iMarketAbi, functionName: 'repay', args }));
}

export function liquidate(
  m: BenchMarket,
  user: Address,
  owner: Address,
  most: bigint,
  route = NO_ROUTE,
): Call {
  const args = [owner, COLLATERAL, most, route, NO_DATA] as const;
  return toMarket(
    m,
    user,
    'liquidate',
    encodeFunctionData({ abi: iMarketAbi, functionName: 'liquidate', args }),
  );
}

/** The receiver's own contract is called and borrows for itself, as in the measuring stick. */
export function flashLoan(m: BenchMarket, user: Address, amount: bigint, route = NO_ROUTE): Call {
  const args = [amount, route] as const;
  const data = encodeFunctionData({ abi: flashBorrowerAbi, functionName: 'borrow', args });
  return { from: user, to: m.flashBorrower, data, label: 'flashLoan' };
}

export function checkpoint(m: BenchMarket, user: Address): Call {
  return toMarket(m, user, 'checkpoint', encodeFunctionData({ abi: iMarketAbi, functionName: 'checkpoint' }));
}

export function rebalance(m: BenchMarket, user: Address, from: number, to: number): Call {
  const args = [m.asset, BigInt(from), BigInt(to)] as const;
  return toMarket(
    m,
    user,
    'rebalance',
    encodeFunctionData({ abi: iMarketAbi, functionName: 'rebalance', args }),
  );
}

/** @param price of one collateral token in loan tokens */
export function setPrice(m: BenchMarket, price: bigint): Call {
  const args = [price * PRICE_SCALE] as const;
  const data = encodeFunctionData({ abi: mockOracleAbi, functionName: 'setPrice', args });
  return { from: DEPLOYER, to: m.oracle, data, label: 'setPrice' };
}
