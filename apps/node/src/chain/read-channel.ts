import { type ChannelKey, channelId } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import { type ChannelStatus, getChannel } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';

/** A channel at the last block that counts. */
export async function readChannel(
  core: Pick<Core, 'client' | 'config'>,
  key: ChannelKey,
): Promise<ChannelStatus> {
  const { confirmations } = core.config.chain;
  const { channels } = core.config.contracts;
  if (confirmations <= 1) return await getChannel(core.client, { channels, key });
  const head = await core.client.getBlockNumber();
  const behind = BigInt(confirmations - 1);
  const blockNumber = head > behind ? head - behind : 0n;
  const { deposit } = await core.client.readContract({
    address: channels,
    abi: iChannelsAbi,
    functionName: 'channelOf',
    args: [channelId(key)],
    blockNumber,
  });
  const now = await getChannel(core.client, { channels, key });
  // A deposit counts once it is deep enough; that it is being withdrawn counts at once.
  return deposit === 0n ? { ...now, state: 'unknown', deposit } : { ...now, deposit };
}
