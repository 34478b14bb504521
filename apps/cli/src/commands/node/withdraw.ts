import { formatTokens, MillraceError } from '@millrace/protocol';
import { earningsSchema, ROUTES } from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { askNode } from '../../node/ask-node.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { askToGoOn } from '../../terminal/confirm.ts';

export const nodeWithdraw = defineCommand({
  path: 'node withdraw',
  summary: 'Have what a node has earned in its account',
  details:
    'Redeems every voucher that pays and collects every lane, in as few transactions as there can be. The node does this by itself now and then.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  options: { yes: { kind: 'flag', about: 'send without asking' } },
  examples: ['node withdraw', 'node withdraw rack --yes'],
  run: async (session, { arguments: { name }, options }) => {
    const { settings, signal, terminal } = session;
    const record = readNode(settings.stateFolder, name);
    const { compute } = await openCompute(session);
    const { token } = compute;
    const asked = {
      tokenFile: nodeFiles(settings.stateFolder, record.name).token,
      timeoutMilliseconds: 4 * settings.timeoutMilliseconds,
      signal,
    };
    const before = await askNode(`${record.endpoint}${ROUTES.earnings}`, earningsSchema, asked);
    const waiting = before.signed + before.credit;
    const money = (amount: bigint) => formatTokens(amount, token.decimals, 'asset', token.symbol);
    if (waiting === 0n) {
      throw new MillraceError(`${record.name} has nothing to withdraw.`, {
        code: 'NOTHING_AVAILABLE',
        fault: 'user',
        hint: `${money(before.unpaid)} are worked and not signed for yet.`,
      });
    }
    if (!options.yes) await askToGoOn(terminal, `Withdraw ${money(waiting)}?`);
    const url = `${record.endpoint}${ROUTES.redeem}?collect=1`;
    const after = await askNode(url, earningsSchema, { method: 'POST', ...asked });
    const withdrawn = after.collected - before.collected;
    return {
      data: {
        name: record.name,
        account: record.address,
        symbol: token.symbol,
        decimals: token.decimals,
        withdrawn,
        ...after,
      },
      text: `${terminal.colors.green('✓')} ${money(withdrawn)} are in the account of ${record.name}, ${record.address}.`,
    };
  },
});
