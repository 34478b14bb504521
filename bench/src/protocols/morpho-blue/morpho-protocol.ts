import { type Address, encodeAbiParameters, keccak256, parseAbiParameters } from 'viem';
import { type BenchChain, DEPLOYER } from '../../chain/bench-chain.ts';
import { callOf } from '../../chain/call-of.ts';
import type { LendingProtocol } from '../lending-protocol.ts';
import { flashReceiverAbi, morphoAbi, oracleAbi } from './morpho-abis.ts';

export type MorphoMarket = {
  morpho: Address;
  params: {
    loanToken: Address;
    collateralToken: Address;
    oracle: Address;
    irm: Address;
    lltv: bigint;
  };
  flashReceiver: Address;
};

/** What an oracle's price is scaled by. */
export const PRICE_SCALE = 10n ** 36n;
const NO_DATA = '0x';
/** Amounts are given as assets or as shares; the other is nought. */
const UNUSED = 0n;
/** Which part of the debt is liquidated: 5,000 of the scenario's 15,000. */
const LIQUIDATED_PART = 3n;

/** The whole of a position is named in shares, as it grows between the reading and the block. */
export function morphoProtocol(
  chain: BenchChain,
  { morpho, params, flashReceiver }: MorphoMarket,
  describe: LendingProtocol['describe'],
): LendingProtocol {
  const { loanToken, collateralToken, oracle, irm, lltv } = params;
  const types = parseAbiParameters('address, address, address, address, uint256');
  const id = keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, lltv]));
  const position = async (user: Address) => {
    const [supplied, borrowed, collateral] = await chain.read(morpho, morphoAbi, 'position', [id, user]);
    return { supplied, borrowed, collateral };
  };
  const repay = (user: Address, assets: bigint, shares: bigint) =>
    callOf(user, morpho, morphoAbi, 'repay', [params, assets, shares, user, NO_DATA]);
  const withdraw = (user: Address, assets: bigint, shares: bigint) =>
    callOf(user, morpho, morphoAbi, 'withdraw', [params, assets, shares, user, user]);
  const withdrawCollateral = (user: Address, amount: bigint) =>
    callOf(user, morpho, morphoAbi, 'withdrawCollateral', [params, amount, user, user]);
  return {
    address: morpho,
    asset: loanToken,
    collateral: collateralToken,
    describe,
    supply: async (user, assets) =>
      callOf(user, morpho, morphoAbi, 'supply', [params, assets, UNUSED, user, NO_DATA]),
    supplyCollateral: async (user, amount) =>
      callOf(user, morpho, morphoAbi, 'supplyCollateral', [params, amount, user, NO_DATA]),
    borrow: async (user, assets) =>
      callOf(user, morpho, morphoAbi, 'borrow', [params, assets, UNUSED, user, user]),
    repay: async (user, assets) => repay(user, assets, UNUSED),
    repayAll: async (user) => repay(user, UNUSED, (await position(user)).borrowed),
    withdraw: async (user, assets) => withdraw(user, assets, UNUSED),
    withdrawAll: async (user) => withdraw(user, UNUSED, (await position(user)).supplied),
    withdrawCollateral: async (user, amount) => withdrawCollateral(user, amount),
    withdrawCollateralAll: async (user) => withdrawCollateral(user, (await position(user)).collateral),
    liquidate: async (liquidator, owner) => {
      const shares = (await position(owner)).borrowed / LIQUIDATED_PART;
      return callOf(liquidator, morpho, morphoAbi, 'liquidate', [params, owner, UNUSED, shares, NO_DATA]);
    },
    flashLoan: async (user, assets) => callOf(user, flashReceiver, flashReceiverAbi, 'borrow', [assets]),
    setPrice: (price) => callOf(DEPLOYER, oracle, oracleAbi, 'set', [price * PRICE_SCALE]),
  };
}
