import {
  createSessionSecret,
  type SessionKey,
  type SignedCertificate,
  sessionKeyOf,
} from '@millrace/protocol/compute';
import { encodeWire, readWireText, signedAskSchema } from '@millrace/protocol/wire';
import type { Account, Address } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { signCertificate } from '../../compute/node/sign-certificate.ts';
import type { KeptStore } from './kept-store.ts';

const SESSION_SECONDS = 30n * 86_400n;
/** A key that ends sooner is replaced. */
const LEAST_SECONDS = 7n * 86_400n;
/** The clocks of nodes may be behind. */
const BACKDATED_SECONDS = 10n;

/** The session key of the store, or a new one that the wallet certifies. */
export async function openSession(
  store: KeptStore,
  client: SdkClient,
  { registry, account }: { registry: Address; account: Account },
): Promise<{ session: SessionKey; certificate: SignedCertificate }> {
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const saved = store.state.session;
  if (saved !== undefined) {
    const certificate = readWireText(signedAskSchema.shape.certificate, saved.certificate);
    const isOurs = certificate.certificate.node.toLowerCase() === account.address.toLowerCase();
    if (isOurs && certificate.certificate.expiry > now + LEAST_SECONDS) {
      return { session: sessionKeyOf(saved.secret), certificate };
    }
  }
  const secret = createSessionSecret();
  const session = sessionKeyOf(secret);
  const certificate = await signCertificate(client, {
    registry,
    key: session.publicKey,
    issuedAt: now - BACKDATED_SECONDS,
    expiry: now + SESSION_SECONDS,
    account,
  });
  await store.append({ type: 'session', secret, certificate: encodeWire(certificate) });
  return { session, certificate };
}
