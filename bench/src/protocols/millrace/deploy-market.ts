import { flashBorrowerAbi, flashBorrowerBytecode } from '@millrace/protocol/contracts/flash-borrower';
import { kinkRateAbi, kinkRateBytecode } from '@millrace/protocol/contracts/kink-rate';
import { marketAbi, marketBytecode } from '@millrace/protocol/contracts/market';
import { marketExtensionAbi, marketExtensionBytecode } from '@millrace/protocol/contracts/market-extension';
import { mockOracleAbi, mockOracleBytecode } from '@millrace/protocol/contracts/mock-oracle';
import { tillFactoryAbi, tillFactoryBytecode } from '@millrace/protocol/contracts/till-factory';
import { type Address, encodeFunctionData, zeroAddress } from 'viem';
import { type BenchChain, DEPLOYER } from '../../chain/bench-chain.ts';
import { BONUS_BPS, BORROW_LTV_BPS, FLASH_FUNDS, LIQUIDATION_LTV_BPS, PRICE, WAD } from '../numbers.ts';
import { deployToken, mint } from '../tokens.ts';
import type { BenchMarket } from './bench-market.ts';
import { PRICE_SCALE } from './numbers.ts';

/** Deploys an oracle that prices the collateral in the asset. */
export type OracleDeployer = (chain: BenchChain, asset: Address, collateral: Address) => Promise<Address>;

/** What may differ from the market that is measured. */
export type MarketOptions = {
  stripes?: number;
  /** Default: a mock with one slot. */
  deployOracle?: OracleDeployer;
  flashFeeBps?: number;
  minEpochSeconds?: number;
  maxEpochSeconds?: number;
};

const TILLS_PER_BLOCK = 16;

/** Two tokens, an oracle with one slot, a market from the release build, its tills and a flash borrower. */
export async function deployMarket(chain: BenchChain, options: MarketOptions = {}): Promise<BenchMarket> {
  const stripes = options.stripes ?? 64;
  const asset = await deployToken(chain, 'A');
  const collateral = await deployToken(chain, 'B');
  const oracle = await (options.deployOracle ?? deployMockOracle)(chain, asset, collateral);
  const rateModel = await chain.deploy(kinkRateAbi, kinkRateBytecode, KINK);
  const tills = await chain.deploy(tillFactoryAbi, tillFactoryBytecode, []);
  const config = {
    ...FIXED,
    ...sizes(options),
    asset,
    stripes,
    rateModel,
    collaterals: [{ ...PLEDGE, token: collateral, oracle }],
  };
  const extension = await chain.deploy(marketExtensionAbi, marketExtensionBytecode, [config, tills]);
  const address = await chain.deploy(marketAbi, marketBytecode, [config, extension]);
  await openTills(chain, tills, address, stripes);
  const flashBorrower = await deployFlashBorrower(chain, address, asset);
  await chain.mine([mint(asset, flashBorrower, FLASH_FUNDS)]);
  return { address, asset, collateral, oracle, flashBorrower, stripes };
}

/** Approves the market for ever; holds nothing yet. */
export function deployFlashBorrower(chain: BenchChain, market: Address, asset: Address): Promise<Address> {
  return chain.deploy(flashBorrowerAbi, flashBorrowerBytecode, [market, asset]);
}

const PLEDGE = {
  borrowLtvBps: Number(BORROW_LTV_BPS),
  liquidationLtvBps: Number(LIQUIDATION_LTV_BPS),
  maxBonusBps: Number(BONUS_BPS),
  cap: 10n ** 9n * WAD,
};
const KINK = [WAD / 100n, (5n * WAD) / 100n, (9n * WAD) / 10n, (60n * WAD) / 100n];
const FIXED = {
  name: 'Millrace A',
  symbol: 'mrA',
  gate: zeroAddress,
  guardian: zeroAddress,
  cover: zeroAddress,
  feeBps: 1000,
  rewardBps: 100,
  targetHealthBps: 10_500,
  initialRate: 0n,
  minDebt: 100n * WAD,
};

function sizes({ flashFeeBps = 0, minEpochSeconds = 60, maxEpochSeconds = 86_400 }: MarketOptions) {
  return { flashFeeBps, minEpoch: minEpochSeconds, maxEpoch: maxEpochSeconds };
}

function deployMockOracle(chain: BenchChain): Promise<Address> {
  const price = PRICE * PRICE_SCALE;
  return chain.deploy(mockOracleAbi, mockOracleBytecode, [price, price]);
}

/** Anyone may open tills before they are needed, so no measured user pays for one. */
async function openTills(chain: BenchChain, factory: Address, market: Address, count: number): Promise<void> {
  for (let start = 0; start < count; start += TILLS_PER_BLOCK) {
    const length = Math.min(TILLS_PER_BLOCK, count - start);
    const calls = Array.from({ length }, (_, k) => {
      const args = [market, BigInt(start + k)] as const;
      const data = encodeFunctionData({ abi: tillFactoryAbi, functionName: 'open', args });
      return { from: DEPLOYER, to: factory, data, label: 'open' };
    });
    await chain.mine(calls);
  }
}
