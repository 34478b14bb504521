import { createDevnetClient, type Deployment, type DevnetClient } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import type { Session } from '../session.ts';
import { connect } from './connect.ts';

/**
 * The local chain, with the powers that only a local chain gives.
 *
 * @throws {@link MillraceError} `NOT_A_DEVNET` when the settings point anywhere else, so that no command for playing can
 * reach a chain that matters.
 */
export async function connectDevnet(
  session: Session,
): Promise<{ client: DevnetClient; deployment: Deployment }> {
  const { url, chainId, isDevnet, deployment } = await connect(session);
  if (isDevnet && deployment) return { client: createDevnetClient({ url }, { chainId }), deployment };
  throw new MillraceError(`${url} is no local chain, or it is not known where its contracts are.`, {
    code: 'NOT_A_DEVNET',
    fault: 'user',
    hint: 'This command works on a chain like that of `millrace dev up` only. Leave --rpc and --deployment out.',
  });
}
