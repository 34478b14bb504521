import { RevertError, toMillraceError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { parseEventLogs, parseTransaction, type TransactionReceipt } from 'viem';
import type { ChainClient } from '../chain/client.ts';
import type { Intent, Outcome } from '../journal/records.ts';

/** How a mined transaction ended, and what a liquidation moved (base units). */
export type Result = {
  outcome: Outcome;
  liquidated?: { repaid: bigint; seized: bigint; index: bigint };
  error?: string;
};

/** What a market says when there is nothing left to do: somebody else was first. */
const BEATEN: ReadonlySet<string> = new Set(['Healthy', 'NoDebt', 'NothingToRebalance', 'CloseOutOnly']);

/** Reads what a transaction did from its receipt, and why it failed from a replay. */
export async function getResult(
  client: ChainClient,
  intent: Intent,
  receipt: TransactionReceipt,
): Promise<Result> {
  if (receipt.status === 'reverted') return getFailure(client, intent, receipt);
  if (intent.kind === 'checkpoint') {
    // A checkpoint that comes too early writes nothing and does not revert.
    const events = parseEventLogs({ abi: iMarketAbi, eventName: 'Checkpointed', logs: receipt.logs });
    return { outcome: events.length > 0 ? 'done' : 'beaten' };
  }
  if (intent.kind !== 'liquidate') return { outcome: 'done' };
  const [event] = parseEventLogs({ abi: iMarketAbi, eventName: 'Liquidated', logs: receipt.logs });
  return event ? { outcome: 'done', liquidated: event.args } : { outcome: 'done' };
}

async function getFailure(client: ChainClient, intent: Intent, receipt: TransactionReceipt): Promise<Result> {
  const raw = intent.attempts[0]?.raw;
  const call = raw === undefined ? undefined : parseTransaction(raw);
  try {
    await client.call({
      account: receipt.from,
      to: call?.to ?? null,
      data: call?.data ?? '0x',
      blockNumber: receipt.blockNumber,
    });
    return { outcome: 'reverted', error: 'unknown' };
  } catch (cause) {
    const error = toMillraceError(cause);
    if (!(error instanceof RevertError)) throw error;
    const { code, errorName } = error;
    return { outcome: BEATEN.has(errorName ?? '') ? 'beaten' : 'reverted', error: code };
  }
}
