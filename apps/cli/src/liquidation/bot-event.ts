import { formatTokens, type MillraceError } from '@millrace/protocol';
import type { Market } from '@millrace/sdk';
import type { Address, Hash } from 'viem';
import { nameOf } from '../keys/resolve-owner.ts';
import type { Colors } from '../terminal/colors.ts';

/** What bounds a bot. Amounts in base units of the loan asset. */
export type BotLimits = {
  maxRepay: bigint | undefined;
  /** After gas. */
  minProfit: bigint;
  /** Symbol of the chain's coin, or of its wrapped form, to price gas. */
  coin: string;
  dryRun: boolean;
  signal: AbortSignal;
};

type Numbers = {
  owner: Address;
  repay: bigint;
  seized: bigint;
  collateral: string;
  gasCost: bigint;
  profit: bigint;
};

/** One line of a bot's log. */
export type BotEvent =
  | { event: 'scanned'; block: bigint; borrowers: number; due: number }
  | ({ event: 'would-liquidate' } & Numbers)
  | ({ event: 'liquidated'; hash: Hash; block: bigint } & Numbers)
  | ({ event: 'skipped'; reason: 'NOT_PROFITABLE' } & Numbers)
  | { event: 'skipped'; reason: 'NOT_AFFORDABLE'; owner: Address; budget: bigint }
  | { event: 'failed'; owner: Address; code: string; message: string }
  | { event: 'node-failed'; code: MillraceError['code']; message: string };

/** The line for people. */
export function describeBotEvent(event: BotEvent, market: Market, isDevnet: boolean, colors: Colors): string {
  const money = (amount: bigint) => formatTokens(amount, market.asset.decimals, 'asset', market.asset.symbol);
  const taken = ({ seized, collateral }: Numbers) => {
    const token = market.collaterals.find(({ token: each }) => each.symbol === collateral)?.token;
    return formatTokens(seized, token?.decimals ?? 0, 'asset', collateral);
  };
  const deal = (numbers: Numbers) =>
    `repays ${money(numbers.repay)}, takes ${taken(numbers)}, ${money(numbers.profit)} after gas`;
  const who = 'owner' in event ? nameOf(event.owner, isDevnet) : '';
  switch (event.event) {
    case 'scanned':
      return colors.dim(
        `block ${event.block}: ${event.borrowers === 1 ? '1 borrower' : `${event.borrowers} borrowers`}, ${event.due} due`,
      );
    case 'would-liquidate':
      return `${who}: would liquidate: ${deal(event)}`;
    case 'liquidated':
      return `${colors.green('✓')} ${who}: liquidated: ${deal(event)} ${colors.dim(event.hash)}`;
    case 'skipped':
      return event.reason === 'NOT_PROFITABLE'
        ? `${who}: left alone, too little to earn: ${deal(event)}`
        : `${who}: left alone, ${money(event.budget)} is not enough to pay for it`;
    case 'failed':
      return `${colors.red('✗')} ${who}: ${event.message} ${colors.dim(`[${event.code}]`)}`;
    case 'node-failed':
      return `${colors.red('✗')} ${event.message} ${colors.dim(`[${event.code}]`)} Trying again.`;
  }
}
