import { formatTokens } from '@millrace/protocol';
import { getChannel } from '@millrace/sdk/compute';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findChannel } from '../../rent/find-channel.ts';
import { openRenter } from '../../rent/open-renter.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { askToGoOn } from '../../terminal/confirm.ts';

export const channelClose = defineCommand({
  path: 'channel close',
  summary: 'Have the rest of a deposit back',
  details:
    'Pays what is due, then starts to close: the node has an hour or more to redeem what you signed. Run it again after that, and the rest is sent to you.',
  arguments: { channel: { about: 'its id, or the beginning of it' } },
  options: { yes: { kind: 'flag', about: 'send without asking' }, ...signerOptions },
  examples: ['channel close 0x4f2a --as alice --yes'],
  run: async (session, { arguments: { channel: id }, options }) => {
    const opened = await openCompute(session);
    const { compute, client } = opened;
    const { token, channels } = compute;
    const actor = await findActor(session, opened, options);
    const { slot, channel } = findChannel(
      await readSlots(await rentFolder(session, opened, actor.address)),
      id,
    );
    const key = { ...channel, salt: BigInt(channel.salt) };
    const before = await getChannel(client, { channels, key });
    const isLast = before.state === 'closing';
    if (!options.yes)
      await askToGoOn(session.terminal, `${isLast ? 'Finish closing' : 'Close'} ${channel.id}?`);
    const account = await actor.unlock();
    const { renter, close } = await openRenter(session, opened, { account, slot: slot.number });
    try {
      const money = (value: bigint) => formatTokens(value, token.decimals, 'asset', token.symbol);
      const common = { id: channel.id, symbol: token.symbol, decimals: token.decimals };
      if (isLast) {
        const refunded = await renter.finaliseChannel(channel.id);
        return {
          data: { ...common, state: 'closed', refunded },
          text: `✓ Closed; ${money(refunded)} came back.`,
        };
      }
      const closing = await renter.closeChannel(channel.id);
      const after = await getChannel(client, { channels, key });
      const until =
        after.closesAt === undefined ? null : new Date(Number(after.closesAt) * 1_000).toISOString();
      return {
        data: { ...common, ...closing, state: after.state, closesAt: after.closesAt ?? null },
        text: `✓ Closing. Run this again after ${until ?? 'the window'}: ${money(after.deposit - after.paid)} or less come back then.`,
      };
    } finally {
      await close();
    }
  },
});
