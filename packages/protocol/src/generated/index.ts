// Written by `npm run generate` from contracts/src. Do not edit.

import { adaptiveRateAbi } from './adaptive-rate.ts';
import { allowListAbi } from './allow-list.ts';
import { bondAbi } from './bond.ts';
import { channelsAbi } from './channels.ts';
import { codeStoreAbi } from './code-store.ts';
import { feedSourceAbi } from './feed-source.ts';
import { flashBorrowerAbi } from './flash-borrower.ts';
import { guardianAbi } from './guardian.ts';
import { iAggregatorV3Abi } from './i-aggregator-v3.ts';
import { iBondAbi } from './i-bond.ts';
import { iChannelsAbi } from './i-channels.ts';
import { ierc3156FlashBorrowerAbi } from './ierc3156-flash-borrower.ts';
import { ierc3156FlashLenderAbi } from './ierc3156-flash-lender.ts';
import { iGateAbi } from './i-gate.ts';
import { iGuardianAbi } from './i-guardian.ts';
import { iJobMarketAbi } from './i-job-market.ts';
import { iLanesAbi } from './i-lanes.ts';
import { iLiquidateCallbackAbi } from './i-liquidate-callback.ts';
import { iMarketAbi } from './i-market.ts';
import { iMarketErrorsAbi } from './i-market-errors.ts';
import { iMarketEventsAbi } from './i-market-events.ts';
import { iNodeRegistryAbi } from './i-node-registry.ts';
import { iNoncesAbi } from './i-nonces.ts';
import { iOracleAbi } from './i-oracle.ts';
import { iPausableAbi } from './i-pausable.ts';
import { iPriceSourceAbi } from './i-price-source.ts';
import { iPullOracleAbi } from './i-pull-oracle.ts';
import { iPullSourceAbi } from './i-pull-source.ts';
import { iRateModelAbi } from './i-rate-model.ts';
import { iReceiptsAbi } from './i-receipts.ts';
import { iRepayCallbackAbi } from './i-repay-callback.ts';
import { iSupplyCallbackAbi } from './i-supply-callback.ts';
import { iSupplyCollateralCallbackAbi } from './i-supply-collateral-callback.ts';
import { iTillFactoryAbi } from './i-till-factory.ts';
import { iTillOwnerAbi } from './i-till-owner.ts';
import { jobMarketAbi } from './job-market.ts';
import { kinkRateAbi } from './kink-rate.ts';
import { laneTillAbi } from './lane-till.ts';
import { lensAbi } from './lens.ts';
import { marketAbi } from './market.ts';
import { marketExtensionAbi } from './market-extension.ts';
import { marketFactoryAbi } from './market-factory.ts';
import { mockAggregatorAbi } from './mock-aggregator.ts';
import { mockOracleAbi } from './mock-oracle.ts';
import { mockTokenAbi } from './mock-token.ts';
import { nodeRegistryAbi } from './node-registry.ts';
import { priceGuardAbi } from './price-guard.ts';
import { receiptsAbi } from './receipts.ts';
import { signedSourceAbi } from './signed-source.ts';
import { tillAbi } from './till.ts';
import { tillFactoryAbi } from './till-factory.ts';
import { vaultRateSourceAbi } from './vault-rate-source.ts';

/** Every ABI by the name of its contract or interface. */
export const abis = {
  AdaptiveRate: adaptiveRateAbi,
  AllowList: allowListAbi,
  Bond: bondAbi,
  Channels: channelsAbi,
  CodeStore: codeStoreAbi,
  FeedSource: feedSourceAbi,
  FlashBorrower: flashBorrowerAbi,
  Guardian: guardianAbi,
  IAggregatorV3: iAggregatorV3Abi,
  IBond: iBondAbi,
  IChannels: iChannelsAbi,
  IERC3156FlashBorrower: ierc3156FlashBorrowerAbi,
  IERC3156FlashLender: ierc3156FlashLenderAbi,
  IGate: iGateAbi,
  IGuardian: iGuardianAbi,
  IJobMarket: iJobMarketAbi,
  ILanes: iLanesAbi,
  ILiquidateCallback: iLiquidateCallbackAbi,
  IMarket: iMarketAbi,
  IMarketErrors: iMarketErrorsAbi,
  IMarketEvents: iMarketEventsAbi,
  INodeRegistry: iNodeRegistryAbi,
  INonces: iNoncesAbi,
  IOracle: iOracleAbi,
  IPausable: iPausableAbi,
  IPriceSource: iPriceSourceAbi,
  IPullOracle: iPullOracleAbi,
  IPullSource: iPullSourceAbi,
  IRateModel: iRateModelAbi,
  IReceipts: iReceiptsAbi,
  IRepayCallback: iRepayCallbackAbi,
  ISupplyCallback: iSupplyCallbackAbi,
  ISupplyCollateralCallback: iSupplyCollateralCallbackAbi,
  ITillFactory: iTillFactoryAbi,
  ITillOwner: iTillOwnerAbi,
  JobMarket: jobMarketAbi,
  KinkRate: kinkRateAbi,
  LaneTill: laneTillAbi,
  Lens: lensAbi,
  Market: marketAbi,
  MarketExtension: marketExtensionAbi,
  MarketFactory: marketFactoryAbi,
  MockAggregator: mockAggregatorAbi,
  MockOracle: mockOracleAbi,
  MockToken: mockTokenAbi,
  NodeRegistry: nodeRegistryAbi,
  PriceGuard: priceGuardAbi,
  Receipts: receiptsAbi,
  SignedSource: signedSourceAbi,
  Till: tillAbi,
  TillFactory: tillFactoryAbi,
  VaultRateSource: vaultRateSourceAbi,
} as const;
