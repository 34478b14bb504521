import { formatTokens } from '@millrace/protocol';
import { buildSupplyCollateral, getBalance, quoteCollateral } from '@millrace/sdk';
import { amountArgument, collateralArgument } from '../../actions/amount-argument.ts';
import { findCollateral } from '../../actions/find-collateral.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { routeForDeposit } from '../../actions/route-for-deposit.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendCollateralAdd = defineCommand({
  path: 'lend collateral add',
  summary: 'Put tokens behind your debt, present or future',
  arguments: { amount: amountArgument, token: collateralArgument },
  options: { ...signerOptions, ...sendOptions },
  examples: ['lend collateral add 2 WETH --as alice', 'lend collateral add max WBTC --as alice --yes'],
  run: async (session, { arguments: { amount: text, token: symbol }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { collateral: symbol });
    const actor = await findActor(session, opened, options);
    const { market, client } = opened;
    const { index, token } = findCollateral(market, symbol);
    const balance = await getBalance(client, { token: token.address, owner: actor.address });
    const amount = resolveAmount(words, token.decimals, balance, `${actor.name} holds no ${token.symbol}.`);
    const route = await routeForDeposit(opened, actor.address, index, amount);
    const quote = quoteCollateral({
      market,
      position: await readPosition(opened, actor.address),
      index,
      change: amount,
    });
    return perform(
      session,
      opened,
      actor,
      {
        action: 'collateral-add',
        title: `Add ${formatTokens(amount, token.decimals, 'asset', token.symbol)} as collateral in ${market.symbol}`,
        market,
        token,
        amount,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: buildSupplyCollateral({ market: market.address, index, amount, owner: actor.address, route }),
        payment: { payer: actor.address, amount, collateral: index },
        approval: { token, amount },
      },
      options,
    );
  },
});
