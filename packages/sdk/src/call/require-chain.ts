import { NetworkError, WrongChainError } from '@millrace/protocol';
import { getChainId } from 'viem/actions';
import type { SdkClient } from './client.ts';

/** Refuses when the node is on another chain than the client. A client without a chain accepts any. */
export async function requireChain(client: SdkClient): Promise<void> {
  if (client.chain === undefined) return;
  const actual = await getChainId(client);
  if (!Number.isSafeInteger(actual)) throw nonsense();
  if (actual !== client.chain.id) throw new WrongChainError(client.chain.id, actual);
}

function nonsense(): NetworkError {
  return new NetworkError('The node did not say which chain it is on.', {
    code: 'RPC_MALFORMED',
    hint: 'Check the RPC address: a web page or a proxy may answer there.',
  });
}
