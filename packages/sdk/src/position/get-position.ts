import { type MillraceError, UnexpectedError } from '@millrace/protocol';
import type { Address } from 'viem';
import type { SdkClient } from '../call/client.ts';
import { type GetPositionsParameters, getPositions } from './get-positions.ts';
import type { Position } from './position.ts';

export type GetPositionParameters = Omit<GetPositionsParameters, 'owners' | 'chunk'> & { owner: Address };
export type GetPositionReturnType = Position;
export type GetPositionErrorType = MillraceError;

/**
 * What an account has in a market.
 *
 * @example
 * ```ts
 * const position = await getPosition(client, { market, lens, owner })
 * formatHealth(position.healthWad) // '1.32'
 * ```
 */
export async function getPosition(
  client: SdkClient,
  { owner, ...parameters }: GetPositionParameters,
): Promise<GetPositionReturnType> {
  const [position] = await getPositions(client, { ...parameters, owners: [owner] });
  if (position === undefined) throw new UnexpectedError('The lens returned no position.');
  return position;
}
