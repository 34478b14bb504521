import { RevertError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type ContractErrorArgs, type ContractErrorName, encodeErrorResult } from 'viem';
import type { Market } from '../market/market.ts';

type Name = ContractErrorName<typeof iMarketAbi>;

/** The error that the market would revert with, in the same words. */
export function refusal<const name extends Name>(
  market: Market,
  errorName: name,
  args: ContractErrorArgs<typeof iMarketAbi, name>,
): RevertError {
  const encoded = { abi: iMarketAbi, errorName, args } as unknown as Parameters<typeof encodeErrorResult>[0];
  const collaterals = market.collaterals.map(({ token }) => token);
  return new RevertError(encodeErrorResult(encoded), { asset: market.asset, collaterals });
}

/** Stops on new supply and borrowing. */
export function entryRefusal(market: Market): RevertError | undefined {
  return market.isPaused ? refusal(market, 'Paused', [market.terms.pausedUntil]) : undefined;
}

/** Cash that is short. */
export function cashRefusal(market: Market, assets: bigint): RevertError | undefined {
  if (assets <= market.liquid) return undefined;
  return refusal(market, 'TillsDry', [market.asset.address, assets, market.liquid]);
}
