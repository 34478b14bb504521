import type { lensAbi } from '@millrace/protocol/contracts/lens';
import { computeBorrowApr, computeSupplyApr, worthDown } from '@millrace/protocol/market';
import { type Address, type ContractFunctionReturnType, zeroAddress } from 'viem';
import type { Collateral, Market, MarketParameters } from './market.ts';
import type { Token } from './token.ts';

type MarketView = ContractFunctionReturnType<typeof lensAbi, 'view', 'market'>;

type Pieces = {
  address: Address;
  name: string;
  symbol: string;
  tokens: readonly [Token, ...Token[]];
  view: MarketView;
  block: { number: bigint; timestamp: bigint };
};

/** Puts together what the chain says, and derives the yields. */
export function toMarket({ address, name, symbol, tokens, view, block }: Pieces): Market {
  const [asset, ...rest] = tokens;
  const accrual = { ...view.accrual, settledAt: BigInt(view.accrual.settledAt) };
  const terms = {
    rate: view.terms.rate,
    reserve: view.terms.reserve,
    rateSetAt: BigInt(view.terms.rateSetAt),
    pausedUntil: BigInt(view.terms.pausedUntil),
  };
  const books = { accrual, terms, totals: view.totals, feeBps: view.parameters.feeBps };
  return {
    address,
    name,
    symbol,
    asset,
    collaterals: toCollaterals(view.collaterals, rest),
    parameters: toParameters(view.parameters),
    blockNumber: block.number,
    time: block.timestamp,
    accrual,
    terms,
    totals: view.totals,
    supplied: worthDown(view.totals.shares, accrual.price),
    owed: view.owed,
    liquid: view.liquid,
    reserve: terms.reserve,
    utilisationWad: view.utilisation,
    borrowAprWad: computeBorrowApr(books),
    supplyAprWad: computeSupplyApr(books, block.timestamp),
    priceRay: accrual.price,
    ceilingRay: view.ceiling,
    isPaused: block.timestamp < terms.pausedUntil,
    isDue: view.due,
  };
}

function toCollaterals(configs: MarketView['collaterals'], tokens: readonly Token[]): Collateral[] {
  return configs.map((config, index) => ({
    index,
    token: tokens[index] ?? { address: config.token, symbol: '?', decimals: 0 },
    oracle: config.oracle,
    borrowLtvBps: BigInt(config.borrowLtvBps),
    liquidationLtvBps: BigInt(config.liquidationLtvBps),
    maxBonusBps: BigInt(config.maxBonusBps),
    cap: config.cap,
  }));
}

function toParameters(view: MarketView['parameters']): MarketParameters {
  return {
    stripes: Number(view.stripes),
    rateModel: view.rateModel,
    gate: orNone(view.gate),
    guardian: orNone(view.guardian),
    cover: orNone(view.cover),
    minEpochSeconds: view.minEpoch,
    maxEpochSeconds: view.maxEpoch,
    feeBps: view.feeBps,
    rewardBps: view.rewardBps,
    flashFeeBps: view.flashFeeBps,
    targetHealthBps: view.targetHealthBps,
    minDebt: view.minDebt,
  };
}

function orNone(address: Address): Address | undefined {
  return address === zeroAddress ? undefined : address;
}
