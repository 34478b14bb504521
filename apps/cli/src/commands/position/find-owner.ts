import type { Connection } from '../../chain/connect.ts';
import { type Owner, resolveOwner } from '../../keys/resolve-owner.ts';
import { findActor, type SignerOptions } from '../../keys/signer.ts';
import type { Session } from '../../session.ts';

/** Whose position a command is about: whoever is named, else whoever would act. No key is unlocked. */
export async function findOwner(
  session: Session,
  connection: Connection,
  text: string | undefined,
  options: SignerOptions,
): Promise<Owner> {
  if (text !== undefined) return resolveOwner(text, connection.isDevnet);
  return findActor(session, connection, options);
}
