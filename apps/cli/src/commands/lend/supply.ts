import { formatPercent, formatTokens } from '@millrace/protocol';
import { buildSupply, getBalance, quoteSupply } from '@millrace/sdk';
import { amountArgument, assetArgument } from '../../actions/amount-argument.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendSupply = defineCommand({
  path: 'lend supply',
  summary: 'Lend to a market and earn interest',
  details: 'You get shares that grow. Leave with `lend withdraw` whenever the market has cash.',
  arguments: { amount: amountArgument, asset: assetArgument },
  options: { ...signerOptions, ...sendOptions },
  examples: [
    'lend supply 1000 USDC --as alice',
    'lend supply 50% USDC --dry-run --as alice',
    'lend supply max --market mrUSDC --keystore main --yes',
  ],
  run: async (session, { arguments: { amount: text, asset }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { asset });
    const actor = await findActor(session, opened, options);
    const { market, client } = opened;
    const balance = await getBalance(client, { token: market.asset.address, owner: actor.address });
    const assets = resolveAmount(
      words,
      market.asset.decimals,
      balance,
      `${actor.name} holds no ${market.asset.symbol}.`,
    );
    const quote = quoteSupply({ market, position: await readPosition(opened, actor.address), assets });
    const said = formatTokens(assets, market.asset.decimals, 'asset', market.asset.symbol);
    return perform(
      session,
      opened,
      actor,
      {
        action: 'supply',
        title: `Supply ${said} to ${market.symbol}`,
        market,
        token: market.asset,
        amount: assets,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: buildSupply({ market: market.address, assets, owner: actor.address }),
        payment: { payer: actor.address, amount: assets },
        approval: { token: market.asset, amount: assets },
        notes: [
          `Earns ${formatPercent(market.supplyAprWad, 'asset')} a year now; the rate moves with demand.`,
        ],
      },
      options,
    );
  },
});
