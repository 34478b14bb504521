import { fund } from '@millrace/devnet';
import { formatTokens, parseAmount } from '@millrace/protocol';
import { parseEther } from 'viem';
import { connectDevnet } from '../../chain/connect-devnet.ts';
import { defineCommand } from '../../command.ts';
import { findDevnetToken } from '../../devnet/devnet-tokens.ts';
import { resolveOwner } from '../../keys/resolve-owner.ts';

const GAS_MONEY = parseEther('10');

export const devFund = defineCommand({
  path: 'dev fund',
  summary: 'Make test tokens on the local chain, and ether for gas',
  arguments: {
    amount: { about: 'how many, such as 1000 or 1.5' },
    token: { about: 'symbol, such as USDC or WETH' },
    to: { about: 'name or address' },
  },
  examples: ['dev fund 1000 USDC alice', 'dev fund 2.5 WETH 0x70997970C51812dc3A010C7d01b50e0d17dc79C8'],
  run: async (session, { arguments: input }) => {
    const { client, deployment } = await connectDevnet(session);
    const token = findDevnetToken(deployment, input.token);
    const amount = parseAmount(input.amount, token.decimals);
    const to = resolveOwner(input.to, true);
    await fund(client, token.address, to.address, amount);
    const balance = await client.getBalance({ address: to.address });
    if (balance < GAS_MONEY) await client.setBalance({ address: to.address, value: GAS_MONEY });
    const said = formatTokens(amount, token.decimals, 'asset', token.symbol);
    return {
      data: { token: token.address, symbol: token.symbol, amount, to: to.address },
      text: `${to.name} got ${said}.`,
    };
  },
});
