import type { MillraceError } from '@millrace/protocol';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type GetLiquidationParameters = {
  market: Address;
  lens: Address;
  owner: Address;
  /** Number of the collateral to seize. */
  index: number;
};
export type GetLiquidationReturnType = {
  isLiquidatable: boolean;
  /** Only all collateral at once is sold. */
  isCloseOut: boolean;
  /** Whether this collateral may be seized. */
  isViable: boolean;
  /** The most that may be repaid, exactly this in a close-out. Base units of the asset. */
  repay: bigint;
  /** Base units of the collateral. */
  seized: bigint;
  bonusWad: bigint;
};
export type GetLiquidationErrorType = MillraceError;

/** What `liquidate` would do now. */
export async function getLiquidation(
  client: SdkClient,
  { market, lens, owner, index }: GetLiquidationParameters,
): Promise<GetLiquidationReturnType> {
  const view = await decoding(() =>
    readContract(client, {
      address: lens,
      abi: lensAbi,
      functionName: 'previewLiquidation',
      args: [market, owner, BigInt(index)],
    }),
  );
  return {
    isLiquidatable: view.liquidatable,
    isCloseOut: view.closeOut,
    isViable: view.viable,
    repay: view.repay,
    seized: view.seized,
    bonusWad: view.bonus,
  };
}
