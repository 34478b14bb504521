import { keccak256, parseTransaction, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';
import type { Head } from '../chain/head.ts';
import { describeError } from '../errors.ts';
import type { Intent, Outcome } from '../journal/records.ts';
import { type ResolveRule, resolveIntent } from '../plan/resolve.ts';
import { broadcast } from './broadcast.ts';
import { type Fees, raiseFees } from './fees.ts';
import { getResult, type Result } from './get-result.ts';
import type { SenderParts } from './sender.ts';

export type ResolverParts = SenderParts & {
  rule: ResolveRule;
  feeCap: bigint;
  /** Told about everything that was mined, after it is durable. */
  onSettled: (intent: Intent, result: Result, receipt: TransactionReceipt | undefined) => void;
};

/** Follows open intents to their end. Call it once per round. */
export type Resolve = (head: Head, fees: Fees) => Promise<void>;

/** At most so many open intents are asked about at once. */
const PARALLEL = 8;

export function createResolver(parts: ResolverParts): Resolve {
  /** By intent: at which block its nonce was last seen used without a receipt, and at how many before. */
  const missing = new Map<string, { block: bigint; times: number }>();

  const follow = async (intent: Intent, head: Head, nonce: number, fees: Fees): Promise<void> => {
    const receipt = await findReceipt(parts, intent);
    const used = receipt === undefined && nonce > intent.nonce;
    const before = missing.get(intent.id);
    if (!used) missing.delete(intent.id);
    else if (before?.block !== head.number) {
      missing.set(intent.id, { block: head.number, times: (before?.times ?? 0) + 1 });
    }
    const next = resolveIntent(
      intent,
      {
        receipt: receipt && { block: receipt.blockNumber, ok: receipt.status === 'success' },
        head: head.number,
        nonce,
        pooled: receipt === undefined && !used && (await isPooled(parts, intent)),
        missing: missing.get(intent.id)?.times ?? 0,
        age: (Date.now() - (intent.attempts.at(-1)?.at ?? intent.at)) / 1_000,
      },
      parts.rule,
    );
    if (next === 'settle' && receipt) await settle(intent, head, receipt);
    if (next === 'lost') await settle(intent, head, undefined);
    if (next === 'replace') await replace(parts, intent, fees);
    if (next === 'rebroadcast') {
      parts.log.info({ id: intent.id, nonce: intent.nonce }, 'sending the same transaction again');
      await broadcast(parts.client, intent);
    }
  };

  const settle = async (
    intent: Intent,
    head: Head,
    receipt: TransactionReceipt | undefined,
  ): Promise<void> => {
    const result: Result = receipt
      ? await getResult(parts.client, intent, receipt)
      : { outcome: 'lost', error: 'nonce used elsewhere' };
    const failed: Outcome[] = ['reverted', 'lost'];
    const before = parts.journal.state.settled.get(intent.subject)?.tries ?? 0;
    await parts.journal.append({
      t: 'settled',
      settlement: {
        id: intent.id,
        subject: intent.subject,
        outcome: result.outcome,
        block: String(receipt?.blockNumber ?? head.number),
        at: Date.now(),
        tries: failed.includes(result.outcome) ? before + 1 : 0,
      },
    });
    missing.delete(intent.id);
    parts.complaints.settle(intent.id);
    parts.onSettled(intent, result, receipt);
  };

  return async (head, fees) => {
    const { intents } = parts.journal.state;
    if (intents.size === 0) return;
    const { address } = parts.account;
    const nonce = await parts.client.getTransactionCount({ address, blockNumber: head.number });
    const open = [...intents.values()].sort((a, b) => a.nonce - b.nonce);
    await reportGap(parts, open[0]?.nonce ?? nonce, nonce);
    for (let start = 0; start < open.length; start += PARALLEL) {
      await Promise.all(
        open.slice(start, start + PARALLEL).map((intent) =>
          follow(intent, head, nonce, fees).catch((error: unknown) => {
            parts.complaints.raise(intent.id, describeError(error));
          }),
        ),
      );
    }
  };
}

/** A nonce below all open ones that nobody has sent holds everything up, and only its owner knows what it was for. */
async function reportGap(parts: ResolverParts, lowest: number, nonce: number): Promise<void> {
  if (lowest <= nonce) return parts.complaints.settle('nonces');
  const pending = await parts.client.getTransactionCount({
    address: parts.account.address,
    blockTag: 'pending',
  });
  if (pending >= lowest) return;
  const missing = `nothing was sent with nonce ${pending}, and ${lowest} waits for it`;
  parts.complaints.raise(
    'nonces',
    `${missing}: is this account used elsewhere? Send anything with that nonce.`,
  );
}

async function findReceipt(parts: SenderParts, intent: Intent): Promise<TransactionReceipt | undefined> {
  for (const { hash } of [...intent.attempts].reverse()) {
    try {
      return await parts.client.getTransactionReceipt({ hash });
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
    }
  }
  return undefined;
}

async function isPooled(parts: SenderParts, intent: Intent): Promise<boolean> {
  const hash = intent.attempts.at(-1)?.hash;
  if (hash === undefined) return false;
  // Asked plainly: "not there" is an answer, everything else is an error.
  return (await parts.client.request({ method: 'eth_getTransactionByHash', params: [hash] })) !== null;
}

/** The same call with the same nonce and a higher fee, durable before it is sent. */
async function replace(parts: ResolverParts, intent: Intent, now: Fees): Promise<void> {
  const last = intent.attempts.at(-1);
  if (last === undefined) return;
  const {
    type: _type,
    r: _r,
    s: _s,
    v: _v,
    yParity: _y,
    ...call
  } = parseTransaction(last.raw as `0x02${string}`);
  const fees = raiseFees(
    { maxFeePerGas: call.maxFeePerGas ?? 0n, maxPriorityFeePerGas: call.maxPriorityFeePerGas ?? 0n },
    now,
    parts.feeCap,
  );
  if (fees === undefined) return;
  const raw = await parts.account.signTransaction({
    ...call,
    type: 'eip1559',
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  });
  await parts.journal.append({
    t: 'attempt',
    id: intent.id,
    attempt: { hash: keccak256(raw), raw, at: Date.now() },
  });
  parts.log.info({ id: intent.id, nonce: intent.nonce, hash: keccak256(raw) }, 'offering a higher fee');
  const replaced = parts.journal.state.intents.get(intent.id);
  if (replaced) await broadcast(parts.client, replaced);
}
