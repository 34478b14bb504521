import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetFreeNonceParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** Requester or node. */
  party: Address;
  /** No nonce below this. Pass one more than the last that was signed: what is signed and not matched yet looks free. */
  from?: bigint | undefined;
};
export type GetFreeNonceReturnType = bigint;
export type GetFreeNonceErrorType = MillraceError;

/**
 * The lowest nonce that is not used on chain. Nonces that follow each other are the cheapest: 256 of them share a slot.
 *
 * @example
 * ```ts
 * const nonce = await getFreeNonce(client, { jobMarket, party: account.address, from: last + 1n })
 * ```
 */
export async function getFreeNonce(
  client: SdkClient,
  { jobMarket, party, from = 0n }: GetFreeNonceParameters,
): Promise<GetFreeNonceReturnType> {
  for (let word = from >> 8n; ; word++) {
    const used = await decoding(() =>
      readContract(client, {
        address: jobMarket,
        abi: iJobMarketAbi,
        functionName: 'noncesOf',
        args: [party, word],
      }),
    );
    const first = word === from >> 8n ? from & 255n : 0n;
    for (let bit = first; bit < 256n; bit++) {
      if (((used >> bit) & 1n) === 0n) return (word << 8n) | bit;
    }
  }
}
