import { formatTokens, parseAmount } from '@millrace/protocol';
import { isAddress } from 'viem';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { openRenter } from '../../rent/open-renter.ts';
import { readNodeUrls } from '../../rent/rent-options.ts';
import { askToGoOn } from '../../terminal/confirm.ts';
import { UsageError } from '../../usage-error.ts';

export const channelOpen = defineCommand({
  path: 'channel open',
  summary: 'Put a deposit aside for a node, ahead of any job',
  details: 'Jobs open channels by themselves; this is for who wants to choose the deposit.',
  arguments: {
    node: { about: 'its address, from `offer list --json`' },
    deposit: { about: 'such as 5 or 0.5' },
  },
  options: {
    at: { kind: 'list', value: 'url', about: 'where the node answers, if the registry does not say' },
    yes: { kind: 'flag', about: 'send without asking' },
    ...signerOptions,
  },
  examples: ['channel open 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC 5 --as alice --yes'],
  run: async (session, { arguments: { node, deposit: text }, options }) => {
    if (!isAddress(node, { strict: false }))
      throw new UsageError(`“${node}” is no address.`, 'INVALID_ADDRESS');
    const nodes = readNodeUrls(options.at);
    const opened = await openCompute(session);
    const { token } = opened.compute;
    const deposit = parseAmount(text, token.decimals);
    const actor = await findActor(session, opened, options);
    const said = formatTokens(deposit, token.decimals, 'asset', token.symbol);
    if (!options.yes) await askToGoOn(session.terminal, `Put ${said} aside for ${node}?`);
    const account = await actor.unlock();
    const { renter, close } = await openRenter(session, opened, { account, nodes });
    try {
      const id = await renter.openChannel({ node, deposit });
      return {
        data: { id, node, deposit, symbol: token.symbol, decimals: token.decimals },
        text: `✓ ${id} holds ${said} for ${node}.`,
      };
    } finally {
      await close();
    }
  },
});
