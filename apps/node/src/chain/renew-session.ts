import type { Core } from '../core.ts';

/** Keeps the session key good while the node runs, and takes another when the operator has revoked it. */
export async function renewSession({ session, sender, log }: Core): Promise<void> {
  const outcome = await sender.inTurn(() => session.renew());
  const { key, expiry } = session.certificate.certificate;
  if (outcome === 'certified') log.info({ key, expiry: `${expiry}` }, 'the session key is certified anew');
  if (outcome === 'replaced') log.warn({ key }, 'the session key was revoked: another speaks for this node');
}
