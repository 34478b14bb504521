import type { MillraceError } from '@millrace/protocol';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import type { Market } from '../market/market.ts';
import { basketOf } from './basket-of.ts';
import type { Position } from './position.ts';
import { toPosition } from './to-position.ts';

export type GetPositionsParameters = {
  /** From `getMarket`: its terms do not change, so any block's will do. */
  market: Pick<Market, 'address' | 'collaterals'>;
  lens: Address;
  owners: readonly Address[];
  /** Default: the newest. */
  blockNumber?: bigint | undefined;
  /** Accounts read in one call, at most. Default: 100. */
  chunk?: number | undefined;
};
/** In the order of the owners. */
export type GetPositionsReturnType = Position[];
export type GetPositionsErrorType = MillraceError;

/** What accounts have in a market: supply, debt, collateral, health and liquidation prices. */
export async function getPositions(
  client: SdkClient,
  { market, lens, owners, blockNumber, chunk = 100 }: GetPositionsParameters,
): Promise<GetPositionsReturnType> {
  const at = blockNumber === undefined ? {} : { blockNumber };
  const positions: Position[] = [];
  for (let start = 0; start < owners.length; start += chunk) {
    const part = owners.slice(start, start + chunk);
    const views = await decoding(() =>
      readContract(client, {
        address: lens,
        abi: lensAbi,
        functionName: 'positions',
        args: [market.address, part],
        ...at,
      }),
    );
    for (const [i, owner] of part.entries()) {
      const view = views[i];
      if (view) positions.push(toPosition({ owner, ...supplyOf(view) }, basketOf(market, view)));
    }
  }
  return positions;
}

function supplyOf({ shares, supplied }: { shares: bigint; supplied: bigint }) {
  return { shares, supplied };
}
