import { formatPercent, formatTokens } from '@millrace/protocol';
import { worthDown } from '@millrace/protocol/market';
import { buildCheckpoint, checkpoint, type Market, simulateCalls } from '@millrace/sdk';
import { sendOptions } from '../actions/perform.ts';
import { readAgain } from '../actions/read-again.ts';
import { openMarket } from '../chain/open-market.ts';
import { defineCommand } from '../command.ts';
import { marketName } from '../figures/position-data.ts';
import { formatSpan } from '../figures/time.ts';
import { findActor, signerOptions } from '../keys/signer.ts';
import { askToGoOn } from '../terminal/confirm.ts';
import { renderTable } from '../terminal/table.ts';

export const checkpointCommand = defineCommand({
  path: 'checkpoint',
  summary: 'Book a market’s interest and let its rate follow demand; pays a little when due',
  arguments: { market: { about: 'symbol, name or address; needed when there are several', optional: true } },
  options: { ...signerOptions, ...sendOptions },
  examples: ['checkpoint mrUSDC --as alice', 'checkpoint mrUSDC --keystore main --yes --json'],
  run: async (session, { arguments: { market: named }, options }) => {
    const settings = { ...session.settings, market: named ?? session.settings.market };
    const opened = await openMarket({ ...session, settings });
    const actor = await findActor(session, opened, options);
    const { market, client } = opened;
    const { terminal } = session;
    const age = market.time - market.accrual.settledAt;
    const common = {
      action: 'checkpoint',
      market: marketName(market),
      account: actor.address,
      secondsSince: age,
      due: market.isDue,
    };
    if (!market.isDue) {
      const wait = market.parameters.minEpochSeconds - age;
      const text = `${market.symbol} is not due: the last checkpoint was ${formatSpan(age)} ago. Try again in ${formatSpan(wait)}.`;
      return {
        data: {
          ...common,
          settled: false,
          dryRun: options.dryRun,
          before: books(market),
          after: books(market),
          rewardShares: 0n,
          transaction: null,
        },
        text,
      };
    }
    const call = buildCheckpoint({ market: market.address });
    const [tried] = await simulateCalls(client, { calls: [call], account: actor.address });
    if (options.dryRun) {
      const data = {
        ...common,
        settled: false,
        dryRun: true,
        gas: tried?.gasUsed ?? null,
        before: books(market),
        after: null,
        rewardShares: null,
        transaction: null,
      };
      return {
        data,
        text: `${market.symbol} is due: the last checkpoint was ${formatSpan(age)} ago.\nDry run: nothing was sent.`,
      };
    }
    if (!options.yes) await askToGoOn(terminal, `Checkpoint ${market.symbol}?`, true);
    const {
      receipt,
      events,
      result: settled,
      hash,
    } = await checkpoint(client, { market: market.address, account: await actor.unlock() });
    const booked = events.find(({ eventName }) => eventName === 'Checkpointed');
    const rewardShares = booked?.eventName === 'Checkpointed' ? (booked.args.rewardShares ?? 0n) : 0n;
    const { market: after } = await readAgain(opened);
    const { symbol, decimals } = market.asset;
    const reward = formatTokens(worthDown(rewardShares, after.priceRay), decimals, 'asset', symbol);
    return {
      data: {
        ...common,
        settled,
        dryRun: false,
        before: books(market),
        after: books(after),
        rewardShares,
        transaction: { hash, block: receipt.blockNumber, gasUsed: receipt.gasUsed },
      },
      text: `${terminal.colors.green('✓')} ${market.symbol} is settled in block ${receipt.blockNumber}. It paid you ${reward}.\n${change(market, after, terminal.colors.dim)}`,
    };
  },
});

function books({ supplied, owed, reserve, borrowAprWad, supplyAprWad, priceRay, accrual }: Market) {
  return {
    supplied,
    borrowed: owed,
    reserve,
    borrowApr: borrowAprWad,
    supplyApr: supplyAprWad,
    price: priceRay,
    index: accrual.index,
  };
}

function change(before: Market, after: Market, dim: (text: string) => string): string {
  const { symbol, decimals } = before.asset;
  const money = (amount: bigint) => formatTokens(amount, decimals, 'asset', symbol);
  const row = (name: string, read: (market: Market) => string) => [name, read(before), '→', read(after)];
  return renderTable(
    [{ title: '' }, { title: 'before', align: 'right' }, { title: '' }, { title: 'after', align: 'right' }],
    [
      row('supplied', (market) => money(market.supplied)),
      row('reserve', (market) => money(market.reserve)),
      row('borrowers pay', (market) => formatPercent(market.borrowAprWad, 'debt')),
      row('lenders earn', (market) => formatPercent(market.supplyAprWad, 'asset')),
    ],
    dim,
  );
}
