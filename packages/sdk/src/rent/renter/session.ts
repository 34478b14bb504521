import {
  createSessionSecret,
  type IsSignedBySession,
  type SessionKey,
  type SignedCertificate,
  sessionKeyOf,
} from '@millrace/protocol/compute';
import { encodeWire, readWireText, signedAskSchema } from '@millrace/protocol/wire';
import type { Account, Address, Hex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { signCertificate } from '../../compute/node/sign-certificate.ts';
import type { KeptStore } from './kept-store.ts';

/** Another implementation of ed25519: that of `node:crypto` is ten times as fast as the one in JavaScript. */
export type Ed25519 = {
  readonly isSigned?: IsSignedBySession | undefined;
  readonly sessionKeyOf?: ((secret: Hex) => SessionKey) | undefined;
};

const SESSION_SECONDS = 30n * 86_400n;
/** A key that ends sooner is replaced. */
const LEAST_SECONDS = 7n * 86_400n;
/** The clocks of nodes may be behind. */
const BACKDATED_SECONDS = 10n;

/** The session key of the store, or a new one that the wallet certifies. */
export async function openSession(
  store: KeptStore,
  client: SdkClient,
  { registry, account, ed25519 = {} }: { registry: Address; account: Account; ed25519?: Ed25519 | undefined },
): Promise<{ session: SessionKey; certificate: SignedCertificate }> {
  const make = ed25519.sessionKeyOf ?? sessionKeyOf;
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const saved = store.state.session;
  if (saved !== undefined) {
    const certificate = readWireText(signedAskSchema.shape.certificate, saved.certificate);
    const isOurs = certificate.certificate.node.toLowerCase() === account.address.toLowerCase();
    if (isOurs && certificate.certificate.expiry > now + LEAST_SECONDS) {
      return { session: make(saved.secret), certificate };
    }
  }
  const secret = createSessionSecret();
  const session = make(secret);
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
