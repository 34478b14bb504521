import { formatTokens } from '@millrace/protocol';
import { getChannel } from '@millrace/sdk/compute';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { shortNode } from '../../figures/offer-data.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { renderTable } from '../../terminal/table.ts';

export const channelList = defineCommand({
  path: 'channel list',
  summary: 'Your channels: what is in them, and what was signed away',
  details:
    'A channel is a deposit for one node. What you signed is the node’s; the rest comes back when it is closed.',
  options: { all: { kind: 'flag', about: 'also those that are closed' }, ...signerOptions },
  examples: ['channel list --as alice', 'channel list --all --json --as alice'],
  run: async (session, { options }) => {
    const opened = await openCompute(session);
    const { client, compute } = opened;
    const { token, channels: contract } = compute;
    const { address } = await findActor(session, opened, options);
    const slots = await readSlots(await rentFolder(session, opened, address));
    const known = slots.flatMap(({ number, state }) =>
      [...state.channels.values()].map((facts) => ({ number, facts })),
    );
    const read = await Promise.all(
      known.map(async ({ number, facts }) => {
        const key = { ...facts, salt: BigInt(facts.salt) };
        const { deposit, paid, state, closesAt } = await getChannel(client, { channels: contract, key });
        const signed = BigInt(facts.voucher?.total ?? 0);
        const rest = deposit > signed ? deposit - signed : 0n;
        return {
          ...{ id: facts.id, node: facts.payee, endpoint: facts.endpoint, state, books: number },
          ...{ deposit, signed, redeemed: paid, rest, closesAt: closesAt ?? null },
        };
      }),
    );
    const channels = options.all ? read : read.filter(({ state }) => state !== 'closed');
    const money = (amount: bigint) => formatTokens(amount, token.decimals, 'asset', token.symbol);
    const right = (title: string) => ({ title, align: 'right' as const });
    const columns = [
      { title: 'channel' },
      { title: 'node' },
      { title: 'state' },
      right('deposit'),
      right('signed'),
      right('redeemed'),
      right('rest'),
    ];
    const rows = channels.map(({ id, node, state, deposit, signed, redeemed, rest }) => [
      shortNode(id),
      shortNode(node),
      state,
      ...[deposit, signed, redeemed, rest].map(money),
    ]);
    const text =
      rows.length > 0
        ? renderTable(columns, rows)
        : 'No channels. `millrace job run` opens one when it needs it.';
    return { data: { symbol: token.symbol, decimals: token.decimals, channels }, text };
  },
});
