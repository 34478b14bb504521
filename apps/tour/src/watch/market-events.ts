import type { DeployedMarket } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, isAddressEqual, parseEventLogs } from 'viem';
import type { Block, Receipt } from '../chain/tour-chain.ts';

/** Something that a market said in a block. */
export type MarketEvent = ReturnType<typeof parse>[number];

/** What each market said in a block, in order. */
export function eventsOf(block: Block, markets: readonly DeployedMarket[]): MarketEvent[][] {
  const logs = block.receipts.flatMap((receipt) => receipt.logs);
  return markets.map(({ address }) => {
    return parse(logs.filter((log) => isAddressEqual(log.address, address)));
  });
}

function parse(logs: Receipt['logs']) {
  return parseEventLogs({ abi: iMarketAbi, logs: logs as never, strict: true });
}

/** Everybody an event names as the owner of shares, debt or collateral. */
export function ownersIn(event: MarketEvent): Address[] {
  const args = event.args as Readonly<Record<string, unknown>>;
  const names = ['owner', 'from', 'to', 'payee', 'sender', 'receiver', 'liquidator'];
  return names.map((name) => args[name]).filter((value): value is Address => typeof value === 'string');
}
