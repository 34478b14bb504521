import { type MillraceError, NetworkError } from '@millrace/protocol';
import { ComputeError } from '@millrace/protocol/compute';
import { type Account, type Address, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { signPermitMessage } from '../../permission/sign-permit-message.ts';
import { getTokenDomain } from './get-token-domain.ts';
import type { TokenPermit } from './permit.ts';

export type SignTokenPermitParameters = {
  token: Address;
  /** Who may take the tokens: `Channels`, `JobMarket` or `Bond`. */
  spender: Address;
  /** Base units. */
  value: bigint;
  /** Until when it may be used, seconds since 1970. */
  deadline: bigint;
  /** Whose tokens. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignTokenPermitReturnType = TokenPermit;
export type SignTokenPermitErrorType = MillraceError;

const NONCES = parseAbi(['function nonces(address owner) view returns (uint256)']);

/**
 * Signs (ERC-2612) that a contract may take tokens, so that no approval has to be sent.
 *
 * @throws {@link MillraceError} `PERMIT_UNSUPPORTED` when the token knows no permits, or what the wallet says.
 *
 * @example
 * ```ts
 * const permit = await signTokenPermit(client, { token, spender: channels, value: deposit, deadline })
 * await openChannel(client, { channels, key, deposit, permit })
 * ```
 */
export async function signTokenPermit(
  client: SdkClient,
  { token, spender, value, deadline, ...parameters }: SignTokenPermitParameters,
): Promise<SignTokenPermitReturnType> {
  const account = requireAccount(client, parameters.account);
  const owner = account.address;
  return await decoding(async () => {
    const nonce = await getNonce(client, token, owner);
    const domain = await getTokenDomain(client, token);
    const message = { owner, spender, value, nonce, deadline };
    return { token, value, deadline, ...(await signPermitMessage(client, account, domain, message)) };
  });
}

async function getNonce(client: SdkClient, token: Address, owner: Address): Promise<bigint> {
  const asked = { address: token, abi: NONCES, functionName: 'nonces', args: [owner] } as const;
  try {
    return await decoding(() => readContract(client, asked));
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    throw new ComputeError('PERMIT_UNSUPPORTED', 'The token knows no permits.', { token }, error);
  }
}
