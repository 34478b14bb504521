import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import { getAbiItem } from 'viem';
import { observeChannel } from '../channel/observe.ts';
import type { Core } from '../core.ts';

/** Blocks that one question is about. */
const MOST_BLOCKS = 2_000n;
/** Every channel is read again after this, whatever the events said, milliseconds. */
const READ_ALL_EVERY = 600_000;

const EVENTS = [
  getAbiItem({ abi: iChannelsAbi, name: 'ChannelToppedUp' }),
  getAbiItem({ abi: iChannelsAbi, name: 'VoucherRedeemed' }),
  getAbiItem({ abi: iChannelsAbi, name: 'ChannelClosing' }),
  getAbiItem({ abi: iChannelsAbi, name: 'ChannelClosed' }),
];

/** Follows the chain: one call is one look at what has happened since the last. */
export function createChannelWatch(core: Core): () => Promise<void> {
  let next: bigint | undefined;
  let readAll = 0;
  return async () => {
    const newest = await core.client.getBlockNumber();
    const depth = BigInt(core.config.chain.confirmations - 1);
    const head = newest > depth ? newest - depth : 0n;
    if (next === undefined || Date.now() - readAll > READ_ALL_EVERY) {
      for (const channel of core.books.all())
        if (channel.state !== 'closed') await observeChannel(core, channel);
      readAll = Date.now();
      next ??= head + 1n;
    }
    while (next <= head) {
      const last: bigint = next + MOST_BLOCKS > head ? head : next + MOST_BLOCKS;
      await observeTouched(core, next, last);
      next = last + 1n;
    }
  };
}

async function observeTouched(core: Core, fromBlock: bigint, toBlock: bigint): Promise<void> {
  const address = core.config.contracts.channels;
  const logs = await core.client.getLogs({ address, events: EVENTS, fromBlock, toBlock, strict: true });
  for (const id of new Set(logs.map(({ args }) => args.channel))) {
    const channel = core.books.get(id);
    if (channel !== undefined) await observeChannel(core, channel);
  }
}
