import { type Address, isAddressEqual } from 'viem';
import type { Connection } from '../chain/connect.ts';
import { type Actor, findActor, type SignerOptions } from '../keys/signer.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import type { NodeRecord } from './node-files.ts';

/**
 * Who a node is: by the options of this command line, else by what `node init` was told.
 *
 * @throws {@link UsageError} `OTHER_ACCOUNT`, and what finding a key throws.
 */
export async function findOperator(
  session: Session,
  connection: Connection,
  record: NodeRecord,
  options: SignerOptions,
): Promise<Actor> {
  const isSaid = options.as !== undefined || options.keystore !== undefined || options.keyStdin;
  const actor = await findActor(session, connection, isSaid ? options : { ...options, ...record.signer });
  if (isAddressEqual(actor.address, record.address as Address)) return actor;
  throw new UsageError(
    `This is the key of ${actor.address}, and ${record.name} is ${record.address}.`,
    'OTHER_ACCOUNT',
    'Use the key that `millrace node init` was run with, or run it again.',
  );
}
