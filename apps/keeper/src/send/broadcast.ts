import type { ChainClient } from '../chain/client.ts';
import type { Intent } from '../journal/records.ts';

/** What nodes say when they have the transaction already, or its nonce is used: both are answers, not failures. */
const KNOWN =
  /already known|already imported|known transaction|nonce too low|replacement transaction underpriced/i;

/** Sends the signed bytes of the last attempt. Sending them twice does nothing. */
export async function broadcast(client: ChainClient, intent: Intent): Promise<void> {
  const attempt = intent.attempts.at(-1);
  if (attempt === undefined) return;
  try {
    await client.sendRawTransaction({ serializedTransaction: attempt.raw });
  } catch (error) {
    if (!KNOWN.test(error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)))
      throw error;
  }
}
