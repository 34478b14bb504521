import type { MillraceError } from '@millrace/protocol';
import { hashJobSpec, type JobSpec, orderTypedData, signingDomain } from '@millrace/protocol/compute';
import { type Account, type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import { signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';
import type { SignedOrder } from './job-terms.ts';

export type SignOrderParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** The order names its hash, and pays at most its `priceCap`. */
  spec: JobSpec;
  /** What is paid in. */
  token: Address;
  /** The last second in which it can be matched. */
  expiry: bigint;
  /** From the match until the result is due; at most 7 days. */
  runSeconds: bigint;
  /** From the result until the node may claim its price; at most 7 days. */
  reviewSeconds: bigint;
  /** From `getFreeNonce`, or a random number. */
  nonce: bigint;
  /** Who may bid. Default: anybody. */
  node?: Address | undefined;
  /** Default: none is asked for. */
  bondClass?: Hex | undefined;
  /** What the node must have locked for the class. Default: 0. */
  leastBond?: bigint | undefined;
  /** The requester. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignOrderReturnType = SignedOrder;
export type SignOrderErrorType = MillraceError;

/**
 * Signs what a requester wants. Nothing is reserved: the price is taken when somebody matches it with a bid, and must be
 * approved for the `JobMarket` by then.
 *
 * @throws {@link MillraceError} `JOB_SPEC_INVALID`, `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const order = await signOrder(client, { jobMarket, spec, token, expiry, runSeconds: 600n, reviewSeconds: 600n, nonce })
 * ```
 */
export async function signOrder(
  client: SdkClient,
  { jobMarket, spec, account: named, ...terms }: SignOrderParameters,
): Promise<SignOrderReturnType> {
  const account = requireAccount(client, named);
  const order = {
    requester: account.address,
    node: terms.node ?? zeroAddress,
    token: terms.token,
    maxPrice: spec.needs.priceCap,
    spec: hashJobSpec(spec),
    expiry: terms.expiry,
    runSeconds: terms.runSeconds,
    reviewSeconds: terms.reviewSeconds,
    bondClass: terms.bondClass ?? zeroHash,
    leastBond: terms.leastBond ?? 0n,
    nonce: terms.nonce,
  };
  return await decoding(async () => {
    const domain = signingDomain('jobs', { chainId: await chainIdOf(client), contract: jobMarket });
    return { order, signature: await signTypedData(client, { account, ...orderTypedData(domain, order) }) };
  });
}
