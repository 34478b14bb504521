// Written by `npm run generate` from contracts/src. Do not edit.

import { adaptiveRateAbi } from './adaptive-rate.ts';
import { allowListAbi } from './allow-list.ts';
import { codeStoreAbi } from './code-store.ts';
import { feedSourceAbi } from './feed-source.ts';
import { flashBorrowerAbi } from './flash-borrower.ts';
import { guardianAbi } from './guardian.ts';
import { iAggregatorV3Abi } from './i-aggregator-v3.ts';
import { ierc3156FlashBorrowerAbi } from './ierc3156-flash-borrower.ts';
import { ierc3156FlashLenderAbi } from './ierc3156-flash-lender.ts';
import { iGateAbi } from './i-gate.ts';
import { iGuardianAbi } from './i-guardian.ts';
import { iLiquidateCallbackAbi } from './i-liquidate-callback.ts';
import { iMarketAbi } from './i-market.ts';
import { iMarketErrorsAbi } from './i-market-errors.ts';
import { iMarketEventsAbi } from './i-market-events.ts';
import { iOracleAbi } from './i-oracle.ts';
import { iPausableAbi } from './i-pausable.ts';
import { iPriceSourceAbi } from './i-price-source.ts';
import { iPullOracleAbi } from './i-pull-oracle.ts';
import { iPullSourceAbi } from './i-pull-source.ts';
import { iRateModelAbi } from './i-rate-model.ts';
import { iRepayCallbackAbi } from './i-repay-callback.ts';
import { iSupplyCallbackAbi } from './i-supply-callback.ts';
import { iSupplyCollateralCallbackAbi } from './i-supply-collateral-callback.ts';
import { iTillFactoryAbi } from './i-till-factory.ts';
import { iTillOwnerAbi } from './i-till-owner.ts';
import { kinkRateAbi } from './kink-rate.ts';
import { lensAbi } from './lens.ts';
import { marketAbi } from './market.ts';
import { marketExtensionAbi } from './market-extension.ts';
import { marketFactoryAbi } from './market-factory.ts';
import { mockAggregatorAbi } from './mock-aggregator.ts';
import { mockOracleAbi } from './mock-oracle.ts';
import { mockTokenAbi } from './mock-token.ts';
import { priceGuardAbi } from './price-guard.ts';
import { signedSourceAbi } from './signed-source.ts';
import { tillAbi } from './till.ts';
import { tillFactoryAbi } from './till-factory.ts';
import { vaultRateSourceAbi } from './vault-rate-source.ts';

/** Every ABI by the name of its contract or interface. */
export const abis = {
  AdaptiveRate: adaptiveRateAbi,
  AllowList: allowListAbi,
  CodeStore: codeStoreAbi,
  FeedSource: feedSourceAbi,
  FlashBorrower: flashBorrowerAbi,
  Guardian: guardianAbi,
  IAggregatorV3: iAggregatorV3Abi,
  IERC3156FlashBorrower: ierc3156FlashBorrowerAbi,
  IERC3156FlashLender: ierc3156FlashLenderAbi,
  IGate: iGateAbi,
  IGuardian: iGuardianAbi,
  ILiquidateCallback: iLiquidateCallbackAbi,
  IMarket: iMarketAbi,
  IMarketErrors: iMarketErrorsAbi,
  IMarketEvents: iMarketEventsAbi,
  IOracle: iOracleAbi,
  IPausable: iPausableAbi,
  IPriceSource: iPriceSourceAbi,
  IPullOracle: iPullOracleAbi,
  IPullSource: iPullSourceAbi,
  IRateModel: iRateModelAbi,
  IRepayCallback: iRepayCallbackAbi,
  ISupplyCallback: iSupplyCallbackAbi,
  ISupplyCollateralCallback: iSupplyCollateralCallbackAbi,
  ITillFactory: iTillFactoryAbi,
  ITillOwner: iTillOwnerAbi,
  KinkRate: kinkRateAbi,
  Lens: lensAbi,
  Market: marketAbi,
  MarketExtension: marketExtensionAbi,
  MarketFactory: marketFactoryAbi,
  MockAggregator: mockAggregatorAbi,
  MockOracle: mockOracleAbi,
  MockToken: mockTokenAbi,
  PriceGuard: priceGuardAbi,
  SignedSource: signedSourceAbi,
  Till: tillAbi,
  TillFactory: tillFactoryAbi,
  VaultRateSource: vaultRateSourceAbi,
} as const;
