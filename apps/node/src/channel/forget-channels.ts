import { laneOf } from '@millrace/protocol/compute';
import { getCredit } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';
import type { Channel } from './channel.ts';

const DAY = 86_400_000;

/** Forgets channels that are over: closed on chain, their money in the account of the node, and nothing new for days. */
export async function forgetChannels(core: Core): Promise<void> {
  const before = Date.now() - core.config.remember.closedDays * DAY;
  /** By number of the lane. Asked once each round. */
  const credits = new Map<bigint, Promise<bigint>>();
  for (const channel of [...core.books.all()]) {
    if (!isOver(channel) || lastNewsOf(core, channel) > before) continue;
    if (channel.redeemed > 0n && (await creditOf(core, channel, credits)) > 0n) continue;
    await core.books.forget(channel.id);
    core.log.info({ channel: channel.id, payer: channel.key.payer }, 'a closed channel is forgotten');
  }
}

function isOver({ state, waiting, running, suspended }: Channel): boolean {
  return state === 'closed' && waiting.length === 0 && running.size === 0 && suspended.size === 0;
}

/** When its last job ended, or else when it was announced, unix milliseconds. */
function lastNewsOf({ journal }: Core, { id }: Channel): number {
  const { facts, events } = journal.state.channels.get(id) ?? {};
  const last = events?.at(-1);
  const end = last === undefined ? undefined : journal.state.jobs.get(last)?.end;
  return end?.at ?? Number(facts?.since ?? 0) * 1_000;
}

function creditOf(core: Core, { key }: Channel, known: Map<bigint, Promise<bigint>>): Promise<bigint> {
  const lane = laneOf(key);
  const asked = known.get(lane.number);
  if (asked !== undefined) return asked;
  const credit = getCredit(core.client, { contract: core.config.contracts.channels, lane });
  known.set(lane.number, credit);
  return credit;
}
