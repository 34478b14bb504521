import type { DeployedCompute, Deployment } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import type { Session } from '../session.ts';
import type { Connection } from './connect.ts';
import { connectToDeployment } from './open-market.ts';

/** A chain, and the contracts of compute on it. */
export type OpenCompute = Connection & { deployment: Deployment; compute: DeployedCompute };

/**
 * Connects to where machines are rented.
 *
 * @throws {@link MillraceError} what connecting throws, `NO_DEPLOYMENT`, `NO_COMPUTE`.
 */
export async function openCompute(session: Session): Promise<OpenCompute> {
  const connection = await connectToDeployment(session);
  const { compute } = connection.deployment;
  if (compute) return { ...connection, compute };
  throw new MillraceError('This deployment has no contracts of compute.', {
    code: 'NO_COMPUTE',
    fault: 'user',
    hint: connection.isDevnet
      ? 'This chain was started by an older version: `millrace dev reset` starts it afresh.'
      : 'Name a deployment file that has them with --deployment or MILLRACE_DEPLOYMENT.',
  });
}
