import { parseAmount } from '@millrace/protocol';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import { ownStripe } from '@millrace/protocol/market';
import { buildRebalance } from '@millrace/sdk';
import type { Address } from 'viem';
import { type Desk, type Round, simulate } from '../desk.ts';
import type { KeptMarket } from '../kept-market.ts';
import { mayAct } from '../plan/permission.ts';
import { planRebalance } from '../plan/rebalance.ts';

/** Remembers whose tills were used, for {@link keepTills}. */
export function noteTills(market: KeptMarket, owners: Iterable<Address>, stripes: number, now: bigint): void {
  for (const owner of owners) market.tillsUsed.set(ownStripe(owner, stripes), now);
}

/** Moves half of the difference from the fullest till to the emptiest one in use, when that one has run dry. */
export async function keepTills(
  desk: Desk,
  market: KeptMarket,
  stripes: number,
  round: Round,
): Promise<void> {
  const { rebalancing } = market.settings;
  if (rebalancing === false || stripes < 2) return;
  const { head, fees } = round;
  const subject = `rebalance:${market.address}:${market.asset}`;
  const last = desk.journal.state.settled.get(subject);
  if (last && Date.now() - last.at < rebalancing.cooldownSeconds * 1_000) return;
  if (mayAct(desk.journal.state, subject, head.number, Date.now()) !== 'yes') return;

  const active = [...market.tillsUsed].filter(([, at]) => head.now - at <= BigInt(rebalancing.activeSeconds));
  if (active.length === 0) return;
  const balances = await desk.client.readContract({
    address: desk.lens,
    abi: lensAbi,
    functionName: 'tillBalances',
    args: [market.address, market.asset],
    blockNumber: head.number,
  });
  const rule = {
    dryBelowBps: BigInt(rebalancing.dryBelowBps),
    minMean: parseAmount(rebalancing.minMean, market.decimals),
  };
  const move = planRebalance(balances, new Set(active.map(([till]) => till)), rule);
  if (move === undefined) return;
  const call = buildRebalance({
    market: market.address,
    token: market.asset,
    from: move.from,
    into: move.to,
  });
  const gas = await simulate(desk, subject, call);
  if (gas === undefined) return;
  await desk.act(
    {
      kind: 'rebalance',
      subject,
      cause: `${move.from}-${balances[move.from]}-${move.to}-${balances[move.to]}`,
      block: head.number,
      ...call,
      gas,
      market: market.address,
      note: { market: market.name, from: String(move.from), to: String(move.to) },
    },
    fees,
  );
}
