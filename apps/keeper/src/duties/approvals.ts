import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { buildApprove } from '@millrace/sdk';
import { maxUint256 } from 'viem';
import { type Desk, type Round, simulate } from '../desk.ts';
import type { KeptMarket } from '../kept-market.ts';
import { mayAct } from '../plan/permission.ts';

/** Below this an allowance is renewed: no balance of a sound token comes near. */
const ENOUGH = 2n ** 127n;

/** Lets the market pull the asset with which liquidations are paid. Says whether it already may. */
export async function keepApproval(desk: Desk, market: KeptMarket, round: Round): Promise<boolean> {
  const allowance = await desk.client.readContract({
    address: market.asset,
    abi: iMarketAbi,
    functionName: 'allowance',
    args: [desk.account, market.address],
    blockNumber: round.head.number,
  });
  if (allowance >= ENOUGH) return true;
  const subject = `approve:${market.address}`;
  if (mayAct(desk.journal.state, subject, round.head.number, Date.now()) !== 'yes') return false;
  const call = buildApprove({ token: market.asset, spender: market.address, amount: maxUint256 });
  const gas = await simulate(desk, subject, call);
  if (gas === undefined) return false;
  const cause = { cause: String(allowance), block: round.head.number, market: market.address };
  const note = { market: market.name };
  await desk.act({ kind: 'approve', subject, ...cause, ...call, gas, note }, round.fees);
  return false;
}
