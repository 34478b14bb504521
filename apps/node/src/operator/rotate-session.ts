import { revokeSession } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';

/**
 * Makes the session key void on chain, and takes another: for when somebody else may have the key. Among its peers the node keeps
 * its identity until it starts again: what is said there is signed by itself.
 */
export async function rotateSession({ config, client, sender, session, log }: Core): Promise<void> {
  const registry = config.contracts.nodeRegistry;
  const { hash } = await sender.inTurn(async () => {
    const sent = await revokeSession(client, { registry });
    await session.replace();
    return sent;
  });
  log.warn({ hash, key: session.key.publicKey }, 'the operator has revoked the session key: here is another');
}
