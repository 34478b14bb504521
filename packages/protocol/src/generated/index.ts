// Written by `npm run generate` from contracts/src. Do not edit.

import { adaptiveRateAbi } from './adaptive-rate.ts';
import { allowListAbi } from './allow-list.ts';
import { feedSourceAbi } from './feed-source.ts';
import { guardianAbi } from './guardian.ts';
import { iAggregatorV3Abi } from './i-aggregator-v3.ts';
import { iGateAbi } from './i-gate.ts';
import { iGuardianAbi } from './i-guardian.ts';
import { iOracleAbi } from './i-oracle.ts';
import { iPausableAbi } from './i-pausable.ts';
import { iPriceSourceAbi } from './i-price-source.ts';
import { iPullOracleAbi } from './i-pull-oracle.ts';
import { iPullSourceAbi } from './i-pull-source.ts';
import { iRateModelAbi } from './i-rate-model.ts';
import { kinkRateAbi } from './kink-rate.ts';
import { mockAggregatorAbi } from './mock-aggregator.ts';
import { mockOracleAbi } from './mock-oracle.ts';
import { mockTokenAbi } from './mock-token.ts';
import { priceGuardAbi } from './price-guard.ts';
import { signedSourceAbi } from './signed-source.ts';
import { vaultRateSourceAbi } from './vault-rate-source.ts';

/** Every ABI by the name of its contract or interface. */
export const abis = {
  AdaptiveRate: adaptiveRateAbi,
  AllowList: allowListAbi,
  FeedSource: feedSourceAbi,
  Guardian: guardianAbi,
  IAggregatorV3: iAggregatorV3Abi,
  IGate: iGateAbi,
  IGuardian: iGuardianAbi,
  IOracle: iOracleAbi,
  IPausable: iPausableAbi,
  IPriceSource: iPriceSourceAbi,
  IPullOracle: iPullOracleAbi,
  IPullSource: iPullSourceAbi,
  IRateModel: iRateModelAbi,
  KinkRate: kinkRateAbi,
  MockAggregator: mockAggregatorAbi,
  MockOracle: mockOracleAbi,
  MockToken: mockTokenAbi,
  PriceGuard: priceGuardAbi,
  SignedSource: signedSourceAbi,
  VaultRateSource: vaultRateSourceAbi,
} as const;
