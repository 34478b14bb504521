import { formatTokens } from '@millrace/protocol';
import { buildWithdrawCollateral, findLiquidity, quoteCollateral, stripeOf } from '@millrace/sdk';
import { amountArgument, collateralArgument } from '../../actions/amount-argument.ts';
import { mostToRemove } from '../../actions/amounts.ts';
import { findCollateral } from '../../actions/find-collateral.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendCollateralRemove = defineCommand({
  path: 'lend collateral remove',
  summary: 'Take collateral back; what is left must carry your debt',
  details: 'Shares are of what you hold there. `max` takes as much as the debt allows.',
  arguments: { amount: amountArgument, token: collateralArgument },
  options: { ...signerOptions, ...sendOptions },
  examples: [
    'lend collateral remove 1 WETH --as alice',
    'lend collateral remove max WETH --as alice --dry-run',
  ],
  run: async (session, { arguments: { amount: text, token: symbol }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { collateral: symbol });
    const actor = await findActor(session, opened, options);
    const { market, client, deployment } = opened;
    const { index, token } = findCollateral(market, symbol);
    const position = await readPosition(opened, actor.address);
    const held = position.collaterals[index]?.amount ?? 0n;
    const amount = resolveAmount(
      words,
      token.decimals,
      words.kind === 'max' ? mostToRemove(market, position, index) : held,
      `${actor.name} has no ${token.symbol} in ${market.symbol} that the debt could spare.`,
    );
    const quote = quoteCollateral({ market, position, index, change: -amount });
    const { route } = await findLiquidity(client, {
      market: market.address,
      lens: deployment.lens,
      token: token.address,
      amount,
      preferred: stripeOf(actor.address, market.parameters.stripes),
    });
    return perform(
      session,
      opened,
      actor,
      {
        action: 'collateral-remove',
        title: `Take ${formatTokens(amount, token.decimals, 'asset', token.symbol)} of collateral out of ${market.symbol}`,
        market,
        token,
        amount,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: buildWithdrawCollateral({ market: market.address, index, amount, owner: actor.address, route }),
      },
      options,
    );
  },
});
