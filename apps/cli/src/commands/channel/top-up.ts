import { formatTokens, parseAmount } from '@millrace/protocol';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findChannel } from '../../rent/find-channel.ts';
import { openRenter } from '../../rent/open-renter.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { askToGoOn } from '../../terminal/confirm.ts';

export const channelTopUp = defineCommand({
  path: 'channel top-up',
  summary: 'Add to the deposit of a channel',
  arguments: { channel: { about: 'its id, or the beginning of it' }, amount: { about: 'such as 5 or 0.5' } },
  options: { yes: { kind: 'flag', about: 'send without asking' }, ...signerOptions },
  examples: ['channel top-up 0x4f2a 5 --as alice --yes'],
  run: async (session, { arguments: { channel: id, amount: text }, options }) => {
    const opened = await openCompute(session);
    const { token } = opened.compute;
    const amount = parseAmount(text, token.decimals);
    const actor = await findActor(session, opened, options);
    const { slot, channel } = findChannel(
      await readSlots(await rentFolder(session, opened, actor.address)),
      id,
    );
    const money = (value: bigint) => formatTokens(value, token.decimals, 'asset', token.symbol);
    if (!options.yes) await askToGoOn(session.terminal, `Add ${money(amount)} to ${channel.id}?`);
    const account = await actor.unlock();
    const { renter, close } = await openRenter(session, opened, { account, slot: slot.number });
    try {
      const deposit = await renter.topUpChannel(channel.id, amount);
      return {
        data: { id: channel.id, added: amount, deposit, symbol: token.symbol, decimals: token.decimals },
        text: `✓ ${channel.id} holds ${money(deposit)} now.`,
      };
    } finally {
      await close();
    }
  },
});
