import type { Address } from 'viem';
import { DEPLOYER } from '../../chain/bench-chain.ts';
import { callOf } from '../../chain/call-of.ts';
import type { LendingProtocol } from '../lending-protocol.ts';
import { MAX_UINT } from '../numbers.ts';
import { feedAbi, poolAbi } from './aave-abis.ts';

export type AaveMarket = {
  pool: Address;
  asset: Address;
  collateral: Address;
  /** prices the collateral in dollars; the asset is one dollar */
  feed: Address;
  flashReceiver: Address;
};

/** A dollar in the unit of the feeds. */
export const FEED_UNIT = 10n ** 8n;
const VARIABLE = 2n;
const NO_REFERRAL = 0;

/** Collateral is supplied and withdrawn as the asset is: its first supply makes it collateral. */
export function aaveProtocol(
  { pool, asset, collateral, feed, flashReceiver }: AaveMarket,
  describe: LendingProtocol['describe'],
): LendingProtocol {
  const supply = async (user: Address, token: Address, amount: bigint) =>
    callOf(user, pool, poolAbi, 'supply', [token, amount, user, NO_REFERRAL]);
  const repay = async (user: Address, amount: bigint) =>
    callOf(user, pool, poolAbi, 'repay', [asset, amount, VARIABLE, user]);
  const withdraw = async (user: Address, token: Address, amount: bigint) =>
    callOf(user, pool, poolAbi, 'withdraw', [token, amount, user]);
  return {
    address: pool,
    asset,
    collateral,
    describe,
    supply: (user, assets) => supply(user, asset, assets),
    supplyCollateral: (user, amount) => supply(user, collateral, amount),
    borrow: async (user, assets) =>
      callOf(user, pool, poolAbi, 'borrow', [asset, assets, VARIABLE, NO_REFERRAL, user]),
    repay,
    repayAll: (user) => repay(user, MAX_UINT),
    withdraw: (user, assets) => withdraw(user, asset, assets),
    withdrawAll: (user) => withdraw(user, asset, MAX_UINT),
    withdrawCollateral: (user, amount) => withdraw(user, collateral, amount),
    withdrawCollateralAll: (user) => withdraw(user, collateral, MAX_UINT),
    liquidate: async (liquidator, owner, most) =>
      callOf(liquidator, pool, poolAbi, 'liquidationCall', [collateral, asset, owner, most, false]),
    flashLoan: async (user, assets) =>
      callOf(user, pool, poolAbi, 'flashLoanSimple', [flashReceiver, asset, assets, '0x', NO_REFERRAL]),
    setPrice: (price) => callOf(DEPLOYER, feed, feedAbi, 'set', [price * FEED_UNIT]),
  };
}
