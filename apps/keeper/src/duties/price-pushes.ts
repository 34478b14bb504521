import { mockAggregatorAbi } from '@millrace/protocol/contracts/mock-aggregator';
import { type Address, encodeFunctionData } from 'viem';
import type { PriceSettings } from '../config/schema.ts';
import { type Desk, type Round, simulate } from '../desk.ts';
import { mayAct } from '../plan/permission.ts';
import { type FeedRound, planPrice } from '../plan/price.ts';
import { readPrice } from './read-price.ts';

/** Writes a feed that the keeper owns when its source moved far enough, or when the feed grows old. */
export async function keepPrice(desk: Desk, settings: PriceSettings, round: Round): Promise<void> {
  const subject = `price:${settings.feed}`;
  const { head, fees } = round;
  if (mayAct(desk.journal.state, subject, head.number, Date.now()) !== 'yes') return;
  const { last, decimals } = await getRound(desk, settings.feed, head.number);
  const answer = await readPrice(settings.source, decimals);
  const plan = planPrice(last, answer, head.now, {
    deviationBps: BigInt(settings.deviationBps),
    heartbeat: BigInt(settings.heartbeatSeconds),
    maxJumpBps: BigInt(settings.maxJumpBps),
  });
  if (plan.reason === 'jump') {
    desk.complaints.raise(
      `jump:${settings.feed}`,
      `the source says ${answer} after ${last.answer}: not believed`,
    );
  }
  if (!plan.act) return;
  const data = encodeFunctionData({ abi: mockAggregatorAbi, functionName: 'set', args: [answer] });
  const gas = await simulate(desk, subject, { to: settings.feed, data });
  if (gas === undefined) return;
  const note = { feed: settings.name, answer: String(answer), reason: plan.reason };
  const cause = { cause: String(last.roundId), block: head.number };
  await desk.act({ kind: 'price', subject, ...cause, to: settings.feed, data, gas, note }, fees);
}

async function getRound(desk: Desk, feed: Address, block: bigint) {
  const at = { address: feed, abi: mockAggregatorAbi, blockNumber: block } as const;
  const [[roundId, answer, , updatedAt], decimals] = await Promise.all([
    desk.client.readContract({ ...at, functionName: 'latestRoundData' }),
    desk.client.readContract({ ...at, functionName: 'decimals' }),
  ]);
  const last: FeedRound = { roundId, answer, updatedAt };
  return { last, decimals };
}
