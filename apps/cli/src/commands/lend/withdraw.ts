import { formatTokens, least } from '@millrace/protocol';
import { buildRedeem, buildWithdraw, findLiquidity, quoteWithdraw, stripeOf } from '@millrace/sdk';
import { amountArgument, assetArgument } from '../../actions/amount-argument.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendWithdraw = defineCommand({
  path: 'lend withdraw',
  summary: 'Take back what you lent, with its interest',
  details: '`max` takes everything, or what the market has at hand.',
  arguments: { amount: amountArgument, asset: assetArgument },
  options: { ...signerOptions, ...sendOptions },
  examples: ['lend withdraw 250 USDC --as alice', 'lend withdraw max USDC --as alice --yes'],
  run: async (session, { arguments: { amount: text, asset }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { asset });
    const actor = await findActor(session, opened, options);
    const { market, client, deployment } = opened;
    const position = await readPosition(opened, actor.address);
    const isAll = words.kind === 'max' && position.supplied <= market.liquid && position.shares > 0n;
    const most = least(position.supplied, market.liquid);
    const wanted = resolveAmount(
      words,
      market.asset.decimals,
      most,
      `${actor.name} has nothing to withdraw from ${market.symbol}, or the market has no cash.`,
    );
    const quote = quoteWithdraw(
      isAll ? { market, position, shares: position.shares } : { market, position, assets: wanted },
    );
    const { route } = await findLiquidity(client, {
      market: market.address,
      lens: deployment.lens,
      token: market.asset.address,
      amount: quote.assets,
      preferred: stripeOf(actor.address, market.parameters.stripes),
    });
    const common = { market: market.address, owner: actor.address, route };
    const said = formatTokens(quote.assets, market.asset.decimals, 'asset', market.asset.symbol);
    return perform(
      session,
      opened,
      actor,
      {
        action: 'withdraw',
        title: `Withdraw ${said} from ${market.symbol}`,
        market,
        token: market.asset,
        amount: quote.assets,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: isAll
          ? buildRedeem({ ...common, shares: position.shares })
          : buildWithdraw({ ...common, assets: wanted }),
      },
      options,
    );
  },
});
