import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Address } from 'viem';
import type { Connection } from '../chain/connect.ts';
import type { Session } from '../session.ts';

/**
 * Where the books of a payer on a chain are kept. A local chain that starts afresh is another chain: its first block tells
 * it apart, so that nobody signs for channels that are gone.
 */
export async function rentFolder(
  { settings }: Session,
  { client, chainId, isDevnet }: Connection,
  payer: Address,
): Promise<string> {
  const { hash } = await client.getBlock({ blockNumber: 0n });
  const chain = `${chainId}-${hash.slice(2, 10)}`;
  const home = isDevnet ? settings.stateFolder : join(homedir(), '.millrace');
  return join(home, 'rent', chain, payer.toLowerCase());
}
