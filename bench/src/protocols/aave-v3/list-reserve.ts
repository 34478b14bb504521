import { type Address, zeroAddress } from 'viem';
import type { SolcContracts } from '../../compile/solc.ts';
import type { Deployment } from '../deployment.ts';
import { BONUS_BPS, BORROW_LTV_BPS, LIQUIDATION_LTV_BPS } from '../numbers.ts';
import { configuratorAbi, poolAbi } from './aave-abis.ts';
import { aaveContract } from './aave-contracts.ts';

type Parts = { provider: Address; pool: Address; configurator: Address; behind: Implementations };

/** What the tokens of all reserves share. */
export type Implementations = { aToken: Address; debtToken: Address; stableDebt: Address };

const RAY = 10n ** 27n;
const WHOLE_BPS = 10_000n;
const RESERVE_FACTOR_BPS = 1000n;
const FLASH_PREMIUM_BPS = 5n;
const TREASURY = '0x00000000000000000000000000000000000feeee';
/** Kink at 90 %, 5.5 % there, 60 % more above; the rest is about stable debt, which nobody takes. */
const RATE = [
  (RAY * 9n) / 10n,
  0n,
  (RAY * 55n) / 1000n,
  (RAY * 6n) / 10n,
  0n,
  0n,
  RAY / 100n,
  RAY / 100n,
  RAY / 5n,
];

/** Once for all reserves, as on a chain. */
export async function deployImplementations(
  d: Deployment,
  contracts: SolcContracts,
  pool: Address,
): Promise<Implementations> {
  const { aToken, debtToken, stableDebt } = tokenContracts(contracts);
  return {
    aToken: await d.deploy('aToken (implementation)', aToken, [pool]),
    debtToken: await d.deploy('debtToken (implementation)', debtToken, [pool]),
    stableDebt: await d.deploy('stableDebt (implementation)', stableDebt, [pool]),
  };
}

function tokenContracts(contracts: SolcContracts) {
  const token = (name: string) => aaveContract(contracts, `protocol/tokenization/${name}`);
  return {
    aToken: token('AToken'),
    debtToken: token('VariableDebtToken'),
    stableDebt: token('StableDebtToken'),
  };
}

/** Lists a token to be lent, borrowed, pledged and flash-borrowed. */
export async function listReserve(
  d: Deployment,
  contracts: SolcContracts,
  { provider, pool, configurator, behind }: Parts,
  asset: Address,
  symbol: string,
): Promise<void> {
  const rateCode = aaveContract(contracts, 'protocol/pool/DefaultReserveInterestRateStrategy');
  const listing = {
    aTokenImpl: behind.aToken,
    variableDebtTokenImpl: behind.debtToken,
    stableDebtTokenImpl: behind.stableDebt,
    interestRateStrategyAddress: await d.deploy(`rate${symbol}`, rateCode, [provider, ...RATE]),
    underlyingAsset: asset,
    underlyingAssetDecimals: 18,
    treasury: TREASURY,
    incentivesController: zeroAddress,
    aTokenName: `a${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `v${symbol}`,
    variableDebtTokenSymbol: `v${symbol}`,
    stableDebtTokenName: `s${symbol}`,
    stableDebtTokenSymbol: `s${symbol}`,
    params: '0x',
  } as const;
  await d.send(configurator, configuratorAbi, 'initReserves', [[listing]]);
  const pledge = [asset, BORROW_LTV_BPS, LIQUIDATION_LTV_BPS, WHOLE_BPS + BONUS_BPS] as const;
  await d.send(configurator, configuratorAbi, 'configureReserveAsCollateral', pledge);
  await d.send(configurator, configuratorAbi, 'setReserveBorrowing', [asset, true]);
  await d.send(configurator, configuratorAbi, 'setReserveFactor', [asset, RESERVE_FACTOR_BPS]);
  await d.send(configurator, configuratorAbi, 'setReserveFlashLoaning', [asset, true]);
  await d.send(configurator, configuratorAbi, 'updateFlashloanPremiumTotal', [FLASH_PREMIUM_BPS]);

  const reserve = await d.chain.read(pool, poolAbi, 'getReserveData', [asset]);
  const { aToken, debtToken, stableDebt } = tokenContracts(contracts);
  d.description.add(`aToken${symbol}`, reserve.aToken, aToken);
  d.description.add(`debtToken${symbol}`, reserve.variableDebtToken, debtToken);
  d.description.add(`stableDebt${symbol}`, reserve.stableDebtToken, stableDebt);
}
