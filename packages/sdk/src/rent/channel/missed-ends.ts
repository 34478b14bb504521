import { type ChannelEvent, signWire } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';

/** The end of a job in a channel. */
export type ChannelEnd = Extract<ChannelEvent, { type: 'ended' }>;

/**
 * Ends that a node tells no more as events, because it has forgotten their results: from its page of receipts, in order. They are
 * not checked yet.
 *
 * @param from the number of the first that was not heard
 * @param until the number of the first that is an event again
 * @throws {@link RentError} `RENT_ANSWER_INVALID` when the node has forgotten a receipt as well; `RENT_NODE_UNREACHABLE`.
 */
export async function* missedEnds(
  host: RentHost,
  api: NodeApi,
  channel: Hex,
  { from, until }: { readonly from: number; readonly until: number },
): AsyncGenerator<ChannelEnd> {
  for (let next = from; next < until; ) {
    const at = BigInt(Math.floor(Date.now() / 1_000));
    const page = await api.receipts(channel, signWire('read', { channel, from: next, at }, host.session));
    if (page.from !== next || page.receipts.length === 0 || page.next !== next + page.receipts.length) {
      const words = 'The node leaves out events of the channel, and has no receipts of them.';
      throw new RentError('RENT_ANSWER_INVALID', words, { channel, expected: next, from: page.from, until });
    }
    for (const receipt of page.receipts) {
      if (next === until) return;
      yield { type: 'ended', sequence: next, at: Date.now(), id: receipt.receipt.job, receipt };
      next += 1;
    }
  }
}
