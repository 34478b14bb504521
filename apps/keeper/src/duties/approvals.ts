import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { encodeFunctionData, maxUint256 } from 'viem';
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
  const data = encodeFunctionData({
    abi: iMarketAbi,
    functionName: 'approve',
    args: [market.address, maxUint256],
  });
  const gas = await simulate(desk, subject, { to: market.asset, data });
  if (gas === undefined) return false;
  const call = { to: market.asset, data, gas, market: market.address };
  const cause = { cause: String(allowance), block: round.head.number };
  await desk.act({ kind: 'approve', subject, ...cause, ...call, note: { market: market.name } }, round.fees);
  return false;
}
