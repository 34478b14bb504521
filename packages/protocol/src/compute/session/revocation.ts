import type { Hex } from 'viem';
import { ComputeError } from '../compute-error.ts';
import type { Certificate } from '../signing/certificate.ts';

/** What a chain knows of the session keys of an account: the last one, and from when; `key` is zero once it was revoked. */
export type LastSession = {
  readonly key: Hex;
  /** Seconds since 1970; zero when the chain knows of none. */
  readonly issuedAt: bigint;
};

/**
 * Whether a certificate is void by what the chain says: its account has revoked its key, or certified another, since it was
 * issued. An account of which the chain knows nothing has not.
 */
export function isCertificateRevoked(
  { key, issuedAt }: Pick<Certificate, 'key' | 'issuedAt'>,
  last: LastSession,
): boolean {
  return last.issuedAt > 0n && last.key !== key && issuedAt <= last.issuedAt;
}

/** @throws {@link ComputeError} `CERTIFICATE_REVOKED`, as {@link isCertificateRevoked} says. */
export function requireNotRevoked(certificate: Certificate, last: LastSession): void {
  if (!isCertificateRevoked(certificate, last)) return;
  const { node, key, issuedAt } = certificate;
  const details = { node, key, issuedAt, revokedAt: last.issuedAt };
  throw new ComputeError('CERTIFICATE_REVOKED', `${node} has revoked this session key.`, details);
}
