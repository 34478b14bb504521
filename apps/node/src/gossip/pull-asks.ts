import { asksSchema, encodeWire, MOST_ASK_BYTES, ROUTES, type SignedAsk } from '@millrace/protocol/wire';
import { getAddress, isAddress } from 'viem';
import type { AskJudge } from './ask-judge.ts';

const MILLISECONDS = 8_000;
const MOST_BYTES = 1_024 * MOST_ASK_BYTES;

/** Reads the asks that a node knows, and its own. `false` when it does not answer. */
export async function pullAsks(url: string, judge: AskJudge, signal: AbortSignal): Promise<boolean> {
  const [others, own] = await Promise.all([
    readJson(url + ROUTES.asks, signal),
    readJson(url + ROUTES.ask, signal),
  ]);
  const read = asksSchema.safeParse(others);
  for (const ask of [own, ...(read.success ? read.data.asks : [])]) {
    // What is known already is no offence, and most of a list is.
    if (!isNews(ask, judge)) continue;
    await judge.judge(Buffer.from(encodeWire(ask)), url);
  }
  return read.success;
}

/** Hands the node’s own ask in. Whether it was taken is the other’s business. */
export async function handIn(url: string, ask: SignedAsk, signal: AbortSignal): Promise<void> {
  const response = await fetch(url + ROUTES.asks, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: encodeWire(ask),
    redirect: 'error',
    signal: soon(signal),
  });
  await response.body?.cancel();
}

/** Only a look: what is looked at may be anything. */
function isNews(ask: unknown, judge: AskJudge): boolean {
  const { node, issuedAt } = (ask as Partial<SignedAsk> | undefined | null)?.body ?? {};
  const isReadable = typeof node === 'string' && isAddress(node, { strict: false });
  return (
    isReadable && /^\d{1,20}$/.test(`${issuedAt}`) && judge.isNews(getAddress(node), BigInt(`${issuedAt}`))
  );
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: soon(signal) });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      length += chunk.length;
      // Leaving the loop ends the connection.
      if (length > MOST_BYTES) return undefined;
    }
    return response.ok ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function soon(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(MILLISECONDS)]);
}
