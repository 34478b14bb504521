import { getChainId } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';

/** The chain that a client is for; asked for only when the client does not say. */
export async function chainIdOf(client: SdkClient): Promise<number> {
  return client.chain?.id ?? (await getChainId(client));
}
