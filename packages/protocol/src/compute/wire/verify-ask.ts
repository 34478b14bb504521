import { isAddressEqual } from 'viem';
import { ComputeError } from '../compute-error.ts';
import type { SessionKey } from '../session/session-key.ts';
import { type IsSigned, type SignedCertificate, verifyCertificate } from '../session/verify-certificate.ts';
import type { SigningDomain } from '../signing/domain.ts';
import { type Ask, MOST_ASK_SECONDS, type SignedAsk } from './ask.ts';
import { isSignedWire, signWire } from './signed.ts';

/** How far clocks may differ, seconds. */
const CLOCK_SECONDS = 30n;

/** Signs an ask with a node’s session key. */
export function signAsk(ask: Ask, session: SessionKey, certificate: SignedCertificate): SignedAsk {
  return { ...signWire('ask', ask, session), certificate };
}

/**
 * Checks that an ask holds now, and comes from the node that it names.
 *
 * @param domain `signingDomain('nodes', …)`
 * @param time now, seconds since 1970
 * @throws {@link ComputeError} `ASK_NOT_SIGNED`, `ASK_EXPIRED`, and those of `verifyCertificate`.
 */
export async function verifyAsk(
  signed: SignedAsk,
  options: {
    domain: SigningDomain;
    time: bigint;
    isSigned?: IsSigned | undefined;
  },
): Promise<Ask> {
  const { body: ask, certificate } = signed;
  const { node, issuedAt, expiry } = ask;
  const details = { node, issuedAt, expiry, time: options.time };
  const isFresh =
    expiry >= options.time &&
    issuedAt <= options.time + CLOCK_SECONDS &&
    expiry - issuedAt <= MOST_ASK_SECONDS;
  if (!isFresh) throw new ComputeError('ASK_EXPIRED', `The ask of ${node} does not hold now.`, details);
  const isItsOwn = isAddressEqual(certificate.certificate.node, node);
  if (!isItsOwn || !isSignedWire('ask', signed, certificate.certificate.key)) {
    throw new ComputeError('ASK_NOT_SIGNED', `The ask of ${node} is not signed by its session key.`, details);
  }
  await verifyCertificate({
    ...certificate,
    domain: options.domain,
    time: forgive(options.time, certificate.certificate.issuedAt),
    isSigned: options.isSigned,
  });
  return ask;
}

/** A certificate issued by a clock a little ahead is good already. */
function forgive(time: bigint, issuedAt: bigint): bigint {
  return issuedAt > time && issuedAt <= time + CLOCK_SECONDS ? issuedAt : time;
}
