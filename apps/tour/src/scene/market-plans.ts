import type { DeployCollateralOptions, DeployedToken, DeployMarketOptions } from '@millrace/devnet';

/** The tokens of the scene. */
export type Tokens = { usd: DeployedToken; eth: DeployedToken; stable: DeployedToken };

const WHOLE = 10n ** 18n;
/** The part of the interest that goes to the reserve. */
export const FEE_BPS = 1_000n;

const MIN_DEBT = 100_000_000n;

/** Terms that both markets have: L = 64, checkpoints once a minute at most, a tenth of the interest to the reserve. */
const COMMON = {
  stripes: 64,
  minEpoch: 60,
  maxEpoch: 86_400,
  feeBps: Number(FEE_BPS),
  rewardBps: 100,
  targetHealthBps: 10_500,
  minDebt: MIN_DEBT,
} satisfies DeployMarketOptions;

/**
 * The two markets. The first lends dollars against ether alone, priced by two feeds of which one is slow, at a rate with
 * a kink. The second takes a basket of ether and a stable dollar, at a rate that finds its own level.
 *
 * @param price of ether in dollars, as people write it
 * @param cap of ether in each market, base units
 */
export function planMarkets(tokens: Tokens, price: string, cap: bigint): DeployMarketOptions[] {
  const stable: DeployCollateralOptions = {
    token: tokens.stable,
    price: '1',
    borrowLtvBps: 9_000,
    liquidationLtvBps: 9_300,
    maxBonusBps: 300,
    cap: 64_000_000n * WHOLE,
  };
  const alone = {
    token: tokens.eth,
    price,
    cap,
    maxBonusBps: 800,
    borrowLtvBps: 8_000,
    liquidationLtvBps: 8_500,
  };
  const inBasket = { ...alone, borrowLtvBps: 7_500, liquidationLtvBps: 8_000, maxBonusBps: 1_000 };
  return [
    {
      ...COMMON,
      asset: tokens.usd,
      name: 'Millrace USDC (WETH)',
      symbol: 'mrUSDC-E',
      rateModel: 'kink',
      collaterals: [{ ...alone, oracle: { feeds: 2, maxDeviationBps: 200n } }],
    },
    {
      ...COMMON,
      asset: tokens.usd,
      name: 'Millrace USDC (WETH, DAI)',
      symbol: 'mrUSDC-B',
      rateModel: 'adaptive',
      collaterals: [inBasket, stable],
    },
  ];
}
