import { greatest } from '@millrace/protocol';
import {
  createSessionSecret,
  isCertificateRevoked,
  type SessionKey,
  type SignedCertificate,
  sessionKeyOf,
} from '@millrace/protocol/compute';
import { encodeWire, readWireText, signedAskSchema } from '@millrace/protocol/wire';
import type { Account, Address, Hex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { getLastSession } from '../../compute/node/get-last-session.ts';
import { signCertificate } from '../../compute/node/sign-certificate.ts';
import { createSerial } from '../channel/serial.ts';
import type { KeptStore } from './kept-store.ts';

const SESSION_SECONDS = 30n * 86_400n;
/** A certificate that ends sooner is replaced. */
const LEAST_SECONDS = 7n * 86_400n;
/** The clocks of nodes may be behind. */
const BACKDATED_SECONDS = 10n;

/** The session key of a renter. */
export type RenterSession = {
  readonly key: SessionKey;
  /**
   * What the wallet says about it: asks the wallet again before the last certificate runs out.
   *
   * @throws what the wallet says, once the last has run out
   */
  certificate(): Promise<SignedCertificate>;
};

/** The session key of the store, unless it was revoked on chain or has run out; else a new one that the wallet certifies. */
export async function openSession(
  store: KeptStore,
  client: SdkClient,
  { registry, account }: { registry: Address; account: Account },
): Promise<RenterSession> {
  // A chain that does not answer is no reason to ask the wallet.
  const last = await getLastSession(client, { registry, node: account.address }).catch(() => undefined);
  const saved = savedSession(store, account.address);
  const isKept = saved !== undefined && !(last && isCertificateRevoked(saved.signed.certificate, last));
  const secret = isKept ? saved.secret : createSessionSecret();
  const key = sessionKeyOf(secret);
  const serial = createSerial();
  let signed = isKept ? saved.signed : await certify();

  async function certify(): Promise<SignedCertificate> {
    const now = seconds();
    // What was issued before a key was revoked is void with it.
    const issuedAt = greatest(now - BACKDATED_SECONDS, (last?.issuedAt ?? 0n) + 1n);
    const expiry = now + SESSION_SECONDS;
    const fresh = await signCertificate(client, { registry, key: key.publicKey, issuedAt, expiry, account });
    await store.append({ type: 'session', secret, certificate: encodeWire(fresh) });
    return fresh;
  }

  const session: RenterSession = {
    key,
    certificate: () =>
      serial(async () => {
        const left = signed.certificate.expiry - seconds();
        if (left > LEAST_SECONDS) return signed;
        signed = await certify().catch((error: unknown) => {
          if (left > 0n) return signed;
          throw error;
        });
        return signed;
      }),
  };
  await session.certificate();
  return session;
}

type SavedSession = { readonly secret: Hex; readonly signed: SignedCertificate };

function savedSession({ state }: KeptStore, owner: Address): SavedSession | undefined {
  if (state.session === undefined) return undefined;
  const { secret, certificate } = state.session;
  const signed = readWireText(signedAskSchema.shape.certificate, certificate);
  const isOurs = signed.certificate.node.toLowerCase() === owner.toLowerCase();
  return isOurs && signed.certificate.expiry > seconds() ? { secret, signed } : undefined;
}

function seconds(): bigint {
  return BigInt(Math.floor(Date.now() / 1_000));
}
