import { type Address, type Hex, hexToBigInt, size } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { type Certificate, certificateDigest, MOST_SESSION_SECONDS } from '../signing/certificate.ts';
import type { SigningDomain } from '../signing/domain.ts';
import { isSignedByKey } from '../signing/recover-signer.ts';

/** A certificate with the signature of its node. */
export type SignedCertificate = { readonly certificate: Certificate; readonly signature: Hex };

/** Whether `signer` agreed to a digest. */
export type IsSigned = (signer: Address, digest: Hex, signature: Hex) => Promise<boolean>;

export type VerifyCertificateParameters = SignedCertificate & {
  /** `signingDomain('nodes', …)` */
  domain: SigningDomain;
  /** Now, seconds since 1970. */
  time: bigint;
  /** Default: the node is an account with a key. The SDK’s `isSignedOnChain` asks contracts too (ERC-1271). */
  isSigned?: IsSigned | undefined;
};

/**
 * Checks that a session key speaks for its node now. Whether the node has revoked it is known on chain only: the SDK’s
 * `isRevokedOnChain`.
 *
 * @throws {@link ComputeError} `SESSION_KEY_INVALID`, `CERTIFICATE_TOO_LONG`, `CERTIFICATE_FROM_FUTURE`,
 * `CERTIFICATE_EXPIRED`, `CERTIFICATE_NOT_SIGNED`.
 */
export async function verifyCertificate({
  certificate,
  signature,
  domain,
  time,
  isSigned = isSignedByKey,
}: VerifyCertificateParameters): Promise<void> {
  const { node, key, issuedAt, expiry } = certificate;
  const details = { node, key, issuedAt, expiry, time };
  if (size(key) !== 32 || hexToBigInt(key) === 0n) {
    throw new ComputeError('SESSION_KEY_INVALID', 'The certificate names no key.', details);
  }
  if (expiry - issuedAt > MOST_SESSION_SECONDS) {
    throw new ComputeError('CERTIFICATE_TOO_LONG', 'The certificate is for more than 90 days.', details);
  }
  if (issuedAt > time) {
    throw new ComputeError('CERTIFICATE_FROM_FUTURE', 'The certificate is not issued yet.', details);
  }
  if (expiry < time) {
    throw new ComputeError('CERTIFICATE_EXPIRED', 'The certificate has expired.', details);
  }
  if (!(await isSigned(node, certificateDigest(domain, certificate), signature))) {
    throw new ComputeError('CERTIFICATE_NOT_SIGNED', `The certificate is not signed by ${node}.`, details);
  }
}
