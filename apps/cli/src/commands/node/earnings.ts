import { formatTokens } from '@millrace/protocol';
import { earningsSchema, ROUTES } from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { shortNode } from '../../figures/offer-data.ts';
import { askNode } from '../../node/ask-node.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { renderFacts, renderTable } from '../../terminal/table.ts';

export const nodeEarnings = defineCommand({
  path: 'node earnings',
  summary: 'What a node has earned, and where the money is',
  details:
    'Unpaid: worked, not signed for yet. Signed: vouchers in the hand of the node. Redeemed: the node’s on chain. Collected: in its account.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  examples: ['node earnings', 'node earnings rack --json'],
  run: async (session, { arguments: { name } }) => {
    const { settings, signal, terminal } = session;
    const record = readNode(settings.stateFolder, name);
    const { token } = (await openCompute(session)).compute;
    const earnings = await askNode(`${record.endpoint}${ROUTES.earnings}`, earningsSchema, {
      tokenFile: nodeFiles(settings.stateFolder, record.name).token,
      timeoutMilliseconds: settings.timeoutMilliseconds,
      signal,
    });
    const money = (amount: bigint) => formatTokens(amount, token.decimals, 'asset', token.symbol);
    const facts = renderFacts([
      ['unpaid', money(earnings.unpaid)],
      ['signed', money(earnings.signed)],
      ['redeemed', money(earnings.credit)],
      ['collected', money(earnings.collected)],
    ]);
    const right = (title: string) => ({ title, align: 'right' as const });
    const columns = [
      { title: 'channel' },
      { title: 'payer' },
      right('deposit'),
      right('due'),
      right('signed'),
      right('redeemed'),
    ];
    const rows = earnings.channels.map((each) => [
      shortNode(each.channel),
      shortNode(each.payer),
      ...[each.deposit, each.due, each.signed, each.redeemed].map(money),
    ]);
    const table = rows.length > 0 ? `\n\n${renderTable(columns, rows, terminal.colors.dim)}` : '';
    return {
      data: { name: record.name, symbol: token.symbol, decimals: token.decimals, ...earnings },
      text: facts + table,
    };
  },
});
