import {
  InsufficientApprovalError,
  InsufficientBalanceError,
  type MillraceError,
  toMillraceError,
} from '@millrace/protocol';
import {
  buildApprove,
  type Call,
  getAllowance,
  getBalance,
  simulateCall,
  simulateCalls,
} from '@millrace/sdk';
import type { Address, PublicClient } from 'viem';
import type { Plan } from './plan.ts';

/** What was found out without sending anything. */
export type Rehearsal = {
  /** Approves exactly what is needed; `undefined` when that is allowed already. */
  approval: Call | undefined;
  /** Of all transactions together; `undefined` when the node cannot tell before the approval is there. */
  gas: bigint | undefined;
};

/**
 * Tries a plan without sending it.
 *
 * @throws {@link MillraceError} why it would fail: what the quote knows, a missing balance, then what the chain says.
 */
export async function rehearse(
  client: PublicClient,
  plan: Plan,
  actor: Address,
  approvedOnly = false,
): Promise<Rehearsal> {
  if (plan.refusal) throw plan.refusal;
  await requireBalance(client, plan);
  const approval = await missingApproval(client, plan, actor, approvedOnly);
  const { call, payment, market } = plan;
  const calls = approval ? [approval, call] : [call];
  try {
    const results = await simulateCalls(client, { calls, account: actor, payment, market: market.address });
    return { approval, gas: results.reduce((sum, { gasUsed }) => sum + gasUsed, 0n) };
  } catch (error) {
    const known = toMillraceError(error);
    if (known.code !== 'RPC_UNSUPPORTED') throw known;
    // Such a node can try one call at a time, so only one that needs no approval.
    if (approval === undefined) await simulateCall(client, { call, account: actor, payment });
    return { approval, gas: undefined };
  }
}

async function requireBalance(client: PublicClient, { payment, token, amount }: Plan): Promise<void> {
  if (payment === undefined) return;
  const needed = typeof payment.amount === 'bigint' ? payment.amount : amount;
  const available = await getBalance(client, { token: token.address, owner: payment.payer });
  if (available < needed)
    throw new InsufficientBalanceError({ token, payer: payment.payer, needed, available });
}

async function missingApproval(
  client: PublicClient,
  plan: Plan,
  owner: Address,
  approvedOnly: boolean,
): Promise<Call | undefined> {
  if (plan.approval === undefined) return undefined;
  const { token, amount } = plan.approval;
  const spender = plan.market.address;
  const allowance = await getAllowance(client, { token: token.address, owner, spender });
  if (allowance >= amount) return undefined;
  if (approvedOnly)
    throw new InsufficientApprovalError({ token, payer: owner, needed: amount, available: allowance });
  return buildApprove({ token: token.address, spender, amount });
}
