import type { IsSigned } from '@millrace/protocol/compute';
import { type Ask, type SignedAsk, signedAskSchema, verifyAsk } from '@millrace/protocol/wire';
import { isSignedOnChain } from '../../compute/call/is-signed-on-chain.ts';
import { isRevokedOnChain } from '../../compute/node/is-revoked-on-chain.ts';
import { RevocationChecks } from '../../compute/node/revocation-checks.ts';
import { nodesDomain } from '../channel/node-keys.ts';
import type { RentHost } from '../host/rent-host.ts';

export type CheckAskHost = Pick<RentHost, 'client' | 'chainId' | 'contracts'>;

/** The ask, if it holds now and comes from the node that it names; `undefined` for anything else. Never throws. */
export type CheckAsk = (value: unknown) => Promise<Ask | undefined>;

const MOST_REMEMBERED = 4_096;

/** Certificates that were good once are not checked again: they cost a recovery each, and asks come every minute. */
export function createCheckAsk(host: CheckAskHost): CheckAsk {
  const onChain = isSignedOnChain(host.client);
  const revocations = new RevocationChecks(isRevokedOnChain(host.client, host.contracts.nodeRegistry));
  const good = new Set<string>();
  const isSigned: IsSigned = async (signer, digest, signature) => {
    const name = `${signer}${digest}${signature}`;
    if (good.has(name)) return true;
    const isGood = await onChain(signer, digest, signature);
    if (good.size >= MOST_REMEMBERED) good.clear();
    if (isGood) good.add(name);
    return isGood;
  };
  return async (value) => {
    const read = signedAskSchema.safeParse(value);
    if (!read.success) return undefined;
    const time = BigInt(Math.floor(Date.now() / 1_000));
    const options = { domain: nodesDomain(host), time, isSigned };
    const ask = await verifyAsk(read.data satisfies SignedAsk, options).catch(() => undefined);
    if (ask === undefined) return undefined;
    // A chain that does not answer takes nobody’s offer away; before money moves it is asked again.
    const isRevoked = await revocations.isRevoked(read.data.certificate.certificate).catch(() => false);
    return isRevoked ? undefined : ask;
  };
}
