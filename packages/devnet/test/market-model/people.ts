import { type Address, maxUint256 } from 'viem';
import { approve, type DevnetClient, fund } from '../../src/index.ts';
import { FLASH_RECEIVER_CODE } from './flash-receiver.ts';

/** Where the code of {@link FLASH_RECEIVER_CODE} stands. */
export const FLASH_RECEIVER: Address = '0x00000000000000000000000000000000000f1a54';
/** What the market may draw from its cover (base units of the asset), less than it holds. */
export const COVER_ALLOWANCE = 40_000_000_000n;

const WEALTH = 10n ** 30n;
const COVER_WEALTH = 60_000_000_000n;
/** Enough for some fees and for a call in the middle of a loan, not for all of them. */
const RECEIVER_WEALTH = 2_000_000_000n;

/** What everyone starts with of one token: the cover has nothing but the asset. */
export function startingBalances(
  token: number,
  cover: Address,
  actors: readonly Address[],
): Map<Address, bigint> {
  return new Map([
    ...actors.map((actor) => [actor, WEALTH] as const),
    [FLASH_RECEIVER, RECEIVER_WEALTH],
    [cover, token === 0 ? COVER_WEALTH : 0n],
  ]);
}

/** Gives everyone tokens, and the market everyone's approval. */
export async function provide(
  client: DevnetClient,
  market: Address,
  tokens: readonly Address[],
  cover: Address,
  actors: readonly Address[],
): Promise<void> {
  await client.setCode({ address: FLASH_RECEIVER, bytecode: FLASH_RECEIVER_CODE });
  await client.setBalance({ address: FLASH_RECEIVER, value: 10n ** 20n });
  for (const address of [FLASH_RECEIVER, cover, ...actors]) await client.impersonateAccount({ address });
  for (const [k, token] of tokens.entries()) {
    for (const [address, balance] of startingBalances(k, cover, actors)) {
      await fund(client, token, address, balance);
      const allowance = address === cover ? COVER_ALLOWANCE : maxUint256;
      await approve(client, token, { address, type: 'json-rpc' }, market, allowance);
    }
  }
}
