import type { MillraceError } from '@millrace/protocol';
import { iOracleAbi } from '@millrace/protocol/contracts/i-oracle';
import { priceGuardAbi } from '@millrace/protocol/contracts/price-guard';
import { type Address, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { readSource, type Source } from './read-source.ts';

export type GetOracleParameters = { oracle: Address };
/** Prices are scaled by 1e36: base units of the loan asset for one of the collateral. */
export type GetOracleReturnType = {
  oracle: Address;
  /** 0: not fit for new borrowing. */
  bid: bigint;
  /** 0: nothing may be liquidated. */
  ask: bigint;
  /** Empty when the oracle is no `PriceGuard`. */
  sources: Source[];
  /** How far apart two sources may be; `undefined` when the oracle is no `PriceGuard`. */
  maxDeviationBps: bigint | undefined;
};
export type GetOracleErrorType = MillraceError;

/**
 * What an oracle says, and which of its sources are live.
 *
 * @example
 * ```ts
 * const { bid, sources } = await getOracle(client, { oracle: market.collaterals[0].oracle })
 * ```
 */
export async function getOracle(
  client: SdkClient,
  { oracle }: GetOracleParameters,
): Promise<GetOracleReturnType> {
  const [bid, ask] = await decoding(() =>
    readContract(client, { address: oracle, abi: iOracleAbi, functionName: 'quote' }),
  );
  return { oracle, bid, ask, ...(await readGuard(client, oracle)) };
}

async function readGuard(client: SdkClient, oracle: Address) {
  const guard = { address: oracle, abi: priceGuardAbi } as const;
  let addresses: readonly Address[];
  let maxDeviationBps: bigint;
  try {
    const [first, second, deviation] = await Promise.all([
      readContract(client, { ...guard, functionName: 'first' }),
      readContract(client, { ...guard, functionName: 'second' }),
      readContract(client, { ...guard, functionName: 'maxDeviation' }),
    ]);
    addresses = [first, second].filter((source) => source !== zeroAddress);
    maxDeviationBps = deviation;
  } catch {
    return { sources: [], maxDeviationBps: undefined };
  }
  const sources = await Promise.all(addresses.map((source) => readSource(client, source)));
  return { sources, maxDeviationBps };
}
