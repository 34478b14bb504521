import { formatPercent, formatTokens } from '@millrace/protocol';
import { buildBorrow, findLiquidity, quoteBorrow, stripeOf } from '@millrace/sdk';
import { amountArgument, assetArgument } from '../../actions/amount-argument.ts';
import { mostToBorrow } from '../../actions/amounts.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendBorrow = defineCommand({
  path: 'lend borrow',
  summary: 'Borrow against your collateral',
  details:
    'Shares and `max` are of what your collateral still carries. At `max` any fall of the price may stop you from borrowing more; liquidation starts further down.',
  arguments: { amount: amountArgument, asset: assetArgument },
  options: { ...signerOptions, ...sendOptions },
  examples: ['lend borrow 5000 USDC --as alice', 'lend borrow 50% USDC --as alice --dry-run'],
  run: async (session, { arguments: { amount: text, asset }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { asset });
    const actor = await findActor(session, opened, options);
    const { market, client, deployment } = opened;
    const position = await readPosition(opened, actor.address);
    const assets = resolveAmount(
      words,
      market.asset.decimals,
      mostToBorrow(market, position),
      `${actor.name} has no collateral in ${market.symbol} that would carry more debt, or the market has no cash.`,
    );
    const quote = quoteBorrow({ market, position, assets });
    const { route } = await findLiquidity(client, {
      market: market.address,
      lens: deployment.lens,
      token: market.asset.address,
      amount: assets,
      preferred: stripeOf(actor.address, market.parameters.stripes),
    });
    const said = formatTokens(assets, market.asset.decimals, 'asset', market.asset.symbol);
    return perform(
      session,
      opened,
      actor,
      {
        action: 'borrow',
        title: `Borrow ${said} from ${market.symbol}`,
        market,
        token: market.asset,
        amount: assets,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: buildBorrow({ market: market.address, assets, owner: actor.address, route }),
        notes: [
          `Costs ${formatPercent(market.borrowAprWad, 'debt')} a year now; the rate moves with demand.`,
        ],
      },
      options,
    );
  },
});
