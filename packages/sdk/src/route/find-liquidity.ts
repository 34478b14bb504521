import type { MillraceError } from '@millrace/protocol';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type FindLiquidityParameters = {
  market: Address;
  lens: Address;
  token: Address;
  /** Base units. */
  amount: bigint;
  /** The till to use alone if it can, such as `stripeOf(owner, L)`. Default: none. */
  preferred?: number | undefined;
};
/** `available` is what the tills of the route hold: less than the amount when cash is short. */
export type FindLiquidityReturnType = { route: bigint; available: bigint };
export type FindLiquidityErrorType = MillraceError;

const NONE = 255;

/**
 * The route with the fewest tills that holds an amount, for `withdraw`, `borrow`, `withdrawCollateral` and `flashLoan`.
 *
 * @example
 * ```ts
 * const { route } = await findLiquidity(client, { market, lens, token: asset, amount })
 * await withdraw(client, { market, assets: amount, route })
 * ```
 */
export async function findLiquidity(
  client: SdkClient,
  { market, lens, token, amount, preferred = NONE }: FindLiquidityParameters,
): Promise<FindLiquidityReturnType> {
  const [route, available] = await decoding(() =>
    readContract(client, {
      address: lens,
      abi: lensAbi,
      functionName: 'findLiquidity',
      args: [market, token, amount, BigInt(preferred)],
    }),
  );
  return { route, available };
}
