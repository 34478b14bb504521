import type { MillraceError } from '@millrace/protocol';
import { certificateTypedData, type SignedCertificate, signingDomain } from '@millrace/protocol/compute';
import type { Account, Address, Hex } from 'viem';
import { getBlock, signTypedData } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../call/chain-id-of.ts';

export type SignCertificateParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  /** The 32 bytes of the ed25519 public key. */
  key: Hex;
  /** The last second in which it is good; at most 90 days after `issuedAt`. */
  expiry: bigint;
  /** Seconds since 1970. Default: the time of the newest block. */
  issuedAt?: bigint | undefined;
  /** The node. Default: the client's account. */
  account?: Account | Address | undefined;
};
export type SignCertificateReturnType = SignedCertificate;
export type SignCertificateErrorType = MillraceError;

/**
 * Signs with the node’s EVM key that a session key speaks for it. Whoever gets the certificate checks it with
 * `verifyCertificate`; it need not go on chain.
 *
 * @throws {@link MillraceError} `NO_ACCOUNT`, or what the wallet says.
 *
 * @example
 * ```ts
 * const session = sessionKeyOf(createSessionSecret())
 * const certificate = await signCertificate(client, { registry, key: session.publicKey, expiry })
 * ```
 */
export async function signCertificate(
  client: SdkClient,
  { registry, key, expiry, ...parameters }: SignCertificateParameters,
): Promise<SignCertificateReturnType> {
  const account = requireAccount(client, parameters.account);
  return await decoding(async () => {
    const issuedAt = parameters.issuedAt ?? (await getBlock(client)).timestamp;
    const certificate = { node: account.address, key, issuedAt, expiry };
    const domain = signingDomain('nodes', { chainId: await chainIdOf(client), contract: registry });
    const signature = await signTypedData(client, {
      account,
      ...certificateTypedData(domain, certificate),
    });
    return { certificate, signature };
  });
}
