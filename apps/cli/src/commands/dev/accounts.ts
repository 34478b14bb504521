import { formatAmount, formatTokens } from '@millrace/protocol';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { connectDevnet } from '../../chain/connect-devnet.ts';
import { defineCommand } from '../../command.ts';
import { devnetTokens } from '../../devnet/devnet-tokens.ts';
import { everybody } from '../../devnet/people.ts';
import { renderTable } from '../../terminal/table.ts';

export const devAccounts = defineCommand({
  path: 'dev accounts',
  summary: 'Who is on the local chain, and what they have',
  details: 'Their keys are known to everyone. Act as one of them with --as <name>.',
  examples: ['dev accounts', 'position show --as ivan'],
  run: async (session) => {
    const { client, deployment } = await connectDevnet(session);
    const tokens = devnetTokens(deployment);
    const accounts = await Promise.all(
      everybody().map(async ({ name, account: { address }, about }) => {
        const balances = await Promise.all(
          tokens.map((token) =>
            client.readContract({
              address: token.address,
              abi: mockTokenAbi,
              functionName: 'balanceOf',
              args: [address],
            }),
          ),
        );
        return { name, address, about, balances };
      }),
    );
    const { dim } = session.terminal.colors;
    const text = renderTable(
      [
        { title: 'name' },
        { title: 'address' },
        ...tokens.map(({ symbol }) => ({ title: symbol, align: 'right' as const })),
        { title: 'about' },
      ],
      accounts.map(({ name, address, about, balances }) => [
        name,
        address,
        ...tokens.map(({ decimals }, i) => formatTokens(balances[i], decimals, 'asset')),
        about,
      ]),
      dim,
    );
    const data = accounts.map(({ balances, ...account }) => ({
      ...account,
      balances: tokens.map(({ symbol, address, decimals }, i) => ({
        symbol,
        token: address,
        decimals,
        balance: balances[i],
        amount: formatAmount(balances[i] ?? 0n, decimals),
      })),
    }));
    return { data: { accounts: data }, text: `${text}\n\nAct as one of them: --as alice` };
  },
});
