import { parseAmount } from '@millrace/protocol';
import type { Address } from 'viem';
import { sendOptions } from '../../actions/perform.ts';
import { readAgain } from '../../actions/read-again.ts';
import { openMarket } from '../../chain/open-market.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { type BotEvent, describeBotEvent } from '../../liquidation/bot-event.ts';
import { isPassing, runRound } from '../../liquidation/bot-round.ts';
import { findBorrowers, firstBlockOf, readDebtors } from '../../liquidation/opportunity.ts';
import { askToGoOn } from '../../terminal/confirm.ts';
import { pause } from '../../terminal/pause.ts';
import { readSeconds } from '../../words/duration-words.ts';

export const liquidateBot = defineCommand({
  path: 'liquidate bot',
  summary: 'Liquidate whoever is due, for as long as it runs',
  details:
    'Takes what earns most, if it earns enough after gas. A line for whatever happens; with --json every line is one document, and with --once all of it is one. Ends with Ctrl-C.',
  options: {
    maxRepay: {
      kind: 'text',
      value: 'amount',
      about: 'pay no more than this at once; default: what you hold',
    },
    minProfit: { kind: 'text', value: 'amount', about: 'leave alone what earns less after gas; default: 0' },
    coin: {
      kind: 'text',
      value: 'token',
      about: 'the chain’s coin, to price gas with the market’s oracle; default: ETH',
    },
    every: { kind: 'text', value: 'time', about: 'how often to look; default: 5s' },
    once: { kind: 'flag', about: 'look once' },
    ...signerOptions,
    ...sendOptions,
  },
  examples: [
    'liquidate bot --market mrUSDC --as bob --dry-run --once',
    'liquidate bot --market mrUSDC --min-profit 5 --max-repay 10000 --keystore main --yes',
  ],
  endsOnInterrupt: true,
  run: async (session, { options }) => {
    const { terminal, signal } = session;
    const seconds = readSeconds(options.every ?? '5s');
    let opened = await openMarket(session);
    const { decimals } = opened.market.asset;
    const actor = await findActor(session, opened, options);
    const limits = {
      maxRepay: options.maxRepay === undefined ? undefined : parseAmount(options.maxRepay, decimals),
      minProfit: options.minProfit === undefined ? 0n : parseAmount(options.minProfit, decimals),
      coin: options.coin ?? 'ETH',
      dryRun: options.dryRun,
      signal,
    };
    if (!options.yes && !options.dryRun)
      await askToGoOn(
        terminal,
        `Liquidate in ${opened.market.symbol} as ${actor.name}, without asking again?`,
        true,
      );
    const account = await actor.unlock();
    const told: BotEvent[] = [];
    const tell = (event: BotEvent) => {
      told.push(event);
      if (options.once && terminal.json) return;
      terminal.printLine({
        data: event,
        text: describeBotEvent(event, opened.market, opened.isDevnet, terminal.colors),
      });
    };
    const borrowers = new Set<Address>();
    for (let from = firstBlockOf(opened); ; ) {
      told.length = 0;
      try {
        opened = await readAgain(opened);
        for (const owner of await findBorrowers(opened, from, signal)) borrowers.add(owner);
        from = opened.market.blockNumber + 1n;
        for await (const event of runRound(
          opened,
          await readDebtors(opened, [...borrowers]),
          account,
          limits,
        ))
          tell(event);
      } catch (error) {
        if (signal.aborted) return undefined;
        if (options.once || !isPassing(error)) throw error;
        tell({ event: 'node-failed', code: error.code, message: error.shortMessage });
      }
      if (options.once) return terminal.json ? { data: { events: told }, text: '' } : undefined;
      await pause(seconds * 1000, signal);
      if (signal.aborted) return undefined;
    }
  },
});
