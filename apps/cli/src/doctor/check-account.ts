import type { Deployment } from '@millrace/devnet';
import { formatTokens } from '@millrace/protocol';
import { getBalance, getToken } from '@millrace/sdk';
import type { Connection } from '../chain/connect.ts';
import type { Actor } from '../keys/signer.ts';
import { type Finding, ok, warning } from './finding.ts';

const COIN_DECIMALS = 18;

/** Whether whoever acts can pay for gas, and what tokens they hold. */
export async function checkAccount(
  { client, isDevnet, deployment }: Connection & { deployment: Deployment },
  actor: Actor,
): Promise<Finding[]> {
  const coin = await client.getBalance({ address: actor.address });
  const says = `${actor.name} has ${formatTokens(coin, COIN_DECIMALS, 'asset', 'of the chain’s coin')}.`;
  const gas =
    coin > 0n
      ? ok('gas', says)
      : warning(
          'gas',
          says,
          isDevnet
            ? '`millrace dev fund 1 USDC <name>` gives some.'
            : 'Send it some: every transaction costs gas.',
        );
  const addresses = deployment.markets.flatMap(({ asset, collaterals }) => [
    asset.address,
    ...collaterals.map(({ token }) => token.address),
  ]);
  const tokens = await Promise.all(
    [...new Set(addresses)].map(async (token) => {
      const [{ symbol, decimals }, balance] = await Promise.all([
        getToken(client, { token }),
        getBalance(client, { token, owner: actor.address }),
      ]);
      return { text: formatTokens(balance, decimals, 'asset', symbol), isEmpty: balance === 0n };
    }),
  );
  const held = tokens.map(({ text }) => text).join(', ');
  const hint = isDevnet
    ? '`millrace dev fund 1000 USDC <name>` makes some.'
    : 'Get the loan asset or a collateral of a market.';
  const balances = tokens.every(({ isEmpty }) => isEmpty)
    ? warning('balances', `${actor.name} holds no token of these markets.`, hint)
    : ok('balances', `${actor.name} holds ${held}.`);
  return [gas, balances];
}
