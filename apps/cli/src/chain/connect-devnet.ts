import { createDevnetClient, type Deployment, type DevnetClient } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import type { Session } from '../session.ts';
import { connect } from './connect.ts';

/**
 * The local chain of this folder, with the powers that only a local chain gives.
 *
 * @throws {@link MillraceError} `NOT_A_DEVNET` when the settings point anywhere else, so that no command for playing can
 * reach a chain that matters.
 */
export async function connectDevnet(
  session: Session,
): Promise<{ client: DevnetClient; deployment: Deployment }> {
  const { url, chainId, isDevnet, deployment } = await connect(session);
  if (isDevnet && deployment) return { client: createDevnetClient({ url }, { chainId }), deployment };
  throw new MillraceError(`${url} is not the local chain of this folder.`, {
    code: 'NOT_A_DEVNET',
    fault: 'user',
    hint: 'This command works on a chain started with `millrace dev up` only. Leave --rpc and --deployment out.',
  });
}
