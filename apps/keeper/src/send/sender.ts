import { keccak256 } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { ChainClient } from '../chain/client.ts';
import type { Complaints } from '../complaints.ts';
import { describeError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Intent } from '../journal/records.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { mayAct, nextId, nextNonce } from '../plan/permission.ts';
import type { Action } from './action.ts';
import { broadcast } from './broadcast.ts';
import type { Fees } from './fees.ts';

export type SenderParts = {
  client: ChainClient;
  account: PrivateKeyAccount;
  chainId: number;
  journal: Journal;
  log: Log;
  metrics: Metrics;
  complaints: Complaints;
};

/** Sends an action, or says why it was not sent. */
export type Send = (action: Action, fees: Fees) => Promise<'sent' | 'refused'>;

/**
 * The one way for a transaction to leave this process: one nonce at a time is taken, signed and made durable; only then
 * are the bytes broadcast, all at once. A broadcast that fails is not an error here: the intent is open, and whoever
 * resolves open intents sends the same bytes again.
 */
export function createSender(parts: SenderParts): Send {
  let lane: Promise<unknown> = Promise.resolve();

  const take = async (action: Action, fees: Fees): Promise<Intent | undefined> => {
    const { journal, account } = parts;
    // Asked again inside the lane: another duty may have acted on the same subject meanwhile.
    if (mayAct(journal.state, action.subject, action.block, Date.now()) !== 'yes') return undefined;
    const pending = await parts.client.getTransactionCount({ address: account.address, blockTag: 'pending' });
    const intent = await signIntent(parts, action, fees, nextNonce(journal.state, pending, Date.now()));
    await journal.append({ t: 'intent', intent });
    return intent;
  };

  return async (action, fees) => {
    const taken = lane.then(() => take(action, fees));
    lane = taken.catch(() => {});
    const intent = await taken;
    if (intent === undefined) return 'refused';
    const { log, metrics } = parts;
    log.info(
      { id: intent.id, nonce: intent.nonce, hash: intent.attempts[0]?.hash, ...intent.note },
      'sending',
    );
    metrics.actions.inc({ kind: intent.kind, result: 'sent' });
    await broadcast(parts.client, intent).catch((error: unknown) => {
      log.warn({ id: intent.id, error: describeError(error) }, 'broadcast failed; it will be sent again');
    });
    return 'sent';
  };
}

async function signIntent(
  { account, chainId, journal }: SenderParts,
  action: Action,
  fees: Fees,
  nonce: number,
): Promise<Intent> {
  const raw = await account.signTransaction({
    type: 'eip1559',
    chainId,
    nonce,
    to: action.to,
    data: action.data,
    gas: action.gas,
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  });
  const at = Date.now();
  return {
    id: nextId(journal.state, action.subject, action.cause),
    subject: action.subject,
    kind: action.kind,
    nonce,
    block: String(action.block),
    at,
    attempts: [{ hash: keccak256(raw), raw, at }],
    ...(action.market && { market: action.market }),
    ...(action.spend && { spend: { token: action.spend.token, amount: String(action.spend.amount) } }),
    ...(action.note && { note: action.note }),
  };
}
