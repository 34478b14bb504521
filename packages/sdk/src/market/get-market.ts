import type { MillraceError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import { getBlock, readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { getTokens } from './get-tokens.ts';
import type { Market } from './market.ts';
import { toMarket } from './to-market.ts';

export type GetMarketParameters = {
  market: Address;
  /** The Lens of this chain. */
  lens: Address;
  /** Default: the newest. */
  blockNumber?: bigint | undefined;
};
export type GetMarketReturnType = Market;
export type GetMarketErrorType = MillraceError;

/**
 * A market with its tokens, parameters, totals and yields, all of one block.
 *
 * @throws {@link MillraceError} `NO_CONTRACT` when there is no market at the address.
 *
 * @example
 * ```ts
 * const market = await getMarket(client, { market: '0x…', lens: deployment.lens })
 * formatPercent(market.supplyAprWad, 'asset') // '3.41%'
 * ```
 */
export async function getMarket(
  client: SdkClient,
  { market, lens, blockNumber }: GetMarketParameters,
): Promise<GetMarketReturnType> {
  const block = await decoding(() => getBlock(client, blockNumber === undefined ? {} : { blockNumber }));
  const contract = { address: market, abi: iMarketAbi, blockNumber: block.number } as const;
  const [view, tokens, name, symbol] = await decoding(() =>
    Promise.all([
      readContract(client, {
        address: lens,
        abi: lensAbi,
        functionName: 'market',
        args: [market],
        blockNumber: block.number,
      }),
      getTokens(client, { market }),
      readContract(client, { ...contract, functionName: 'name' }),
      readContract(client, { ...contract, functionName: 'symbol' }),
    ]),
  );
  return toMarket({ address: market, name, symbol, tokens, view, block });
}
