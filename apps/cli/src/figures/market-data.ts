import type { Market } from '@millrace/sdk';

/** A market for programs: amounts in base units of the asset, rates and utilisation in wad, times in seconds. */
export function marketData(market: Market) {
  const { symbol, name, address, asset, parameters } = market;
  return {
    symbol,
    name,
    address,
    asset: { symbol: asset.symbol, address: asset.address, decimals: asset.decimals },
    supplied: market.supplied,
    borrowed: market.owed,
    liquid: market.liquid,
    reserve: market.reserve,
    utilisation: market.utilisationWad,
    supplyApr: market.supplyAprWad,
    borrowApr: market.borrowAprWad,
    paused: market.isPaused,
    pausedUntil: market.terms.pausedUntil,
    checkpointDue: market.isDue,
    settledAt: market.accrual.settledAt,
    block: market.blockNumber,
    time: market.time,
    parameters: {
      ...parameters,
      gate: parameters.gate ?? null,
      guardian: parameters.guardian ?? null,
      cover: parameters.cover ?? null,
    },
    collaterals: market.collaterals.map(({ token, ...terms }) => ({
      symbol: token.symbol,
      token: token.address,
      decimals: token.decimals,
      ...terms,
    })),
  };
}
