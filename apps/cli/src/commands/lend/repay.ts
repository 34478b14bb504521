import { formatTokens, least } from '@millrace/protocol';
import { buildRepay, getBalance, quoteRepay } from '@millrace/sdk';
import { maxUint256 } from 'viem';
import { amountArgument, assetArgument } from '../../actions/amount-argument.ts';
import { debtSoon } from '../../actions/amounts.ts';
import { perform, sendOptions } from '../../actions/perform.ts';
import { openMarket, readPosition } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { resolveOwner } from '../../keys/resolve-owner.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { readAmount, resolveAmount } from '../../words/amount-words.ts';

export const lendRepay = defineCommand({
  path: 'lend repay',
  summary: 'Repay a debt, yours or somebody else’s',
  details:
    'Shares are of the debt. `max` repays all of it, or what you hold; the interest of the next ten minutes is approved on top, and only what is owed is taken.',
  arguments: { amount: amountArgument, asset: assetArgument },
  options: {
    of: { kind: 'text', value: 'account', about: 'whose debt; default: your own' },
    ...signerOptions,
    ...sendOptions,
  },
  examples: [
    'lend repay 500 USDC --as alice',
    'lend repay max USDC --as alice',
    'lend repay 100 USDC --of ivan --as bob',
  ],
  run: async (session, { arguments: { amount: text, asset }, options }) => {
    const words = readAmount(text);
    const opened = await openMarket(session, { asset });
    const actor = await findActor(session, opened, options);
    const { market, client, isDevnet } = opened;
    const owner = options.of === undefined ? actor.address : resolveOwner(options.of, isDevnet).address;
    const position = await readPosition(opened, owner);
    const balance = await getBalance(client, { token: market.asset.address, owner: actor.address });
    const isAll = words.kind === 'max' && balance >= position.debt;
    const base = words.kind === 'max' && !isAll ? balance : position.debt;
    const assets = resolveAmount(
      words,
      market.asset.decimals,
      base,
      `There is no debt to repay in ${market.symbol}, or nothing to repay it with.`,
    );
    const quote = quoteRepay({ market, position, assets });
    // Nothing above what the debt may become is ever taken, so nothing above it is approved.
    const soon = debtSoon(market, position.debt);
    const approved = isAll ? soon : least(assets, soon);
    const said = formatTokens(quote.repaid, market.asset.decimals, 'debt', market.asset.symbol);
    return perform(
      session,
      opened,
      actor,
      {
        action: 'repay',
        title: `Repay ${said} to ${market.symbol}`,
        market,
        token: market.asset,
        amount: quote.repaid,
        before: quote.before.position,
        after: quote.after.position,
        refusal: quote.refusal,
        call: buildRepay({ market: market.address, assets: isAll ? maxUint256 : assets, owner }),
        payment: { payer: actor.address, amount: quote.repaid },
        approval: { token: market.asset, amount: approved },
      },
      options,
    );
  },
});
