import type { DeployedMarket } from '@millrace/devnet';
import { formatTokens } from '@millrace/protocol';
import type { Act } from '../people/crowd.ts';
import type { Moment } from '../replay/run-replay.ts';
import type { MarketEvent } from '../watch/market-events.ts';
import { shortAddress, shortMoney } from './figures.ts';
import type { Happening } from './model.ts';

/** What happened in a block, in words. */
export function toHappenings(
  { snapshot, events, acts }: Moment,
  markets: readonly DeployedMarket[],
): Happening[] {
  const unix = snapshot.time;
  const said = markets.flatMap((market, k) => (events[k] ?? []).flatMap((event) => tellEvent(event, market)));
  return [...acts.map((act) => tellAct(act, markets)), ...said].map((each) => ({ unix, ...each }));
}

type Told = Omit<Happening, 'unix'>;

function tellEvent({ eventName, args }: MarketEvent, market: DeployedMarket): Told[] {
  if (eventName === 'Liquidated') {
    const token = market.collaterals[Number(args.index)]?.token;
    const seized = formatTokens(args.seized, token?.decimals ?? 18, 'asset', token?.symbol);
    const how = args.badDebt > 0n ? 'closed out' : 'liquidated';
    const text = `${shortAddress(args.owner)} ${how}: ${shortMoney(args.repaid, 'debt')} for ${seized}`;
    return [{ tone: 'poor', text }];
  }
  if (eventName === 'BadDebtRealised') {
    const { loss, fromReserve, fromLenders } = args;
    const bearers = `reserve ${shortMoney(fromReserve, 'debt')}, lenders ${shortMoney(fromLenders, 'debt')}`;
    return [
      { tone: 'bad', text: `${shortAddress(args.owner)} bad debt ${shortMoney(loss, 'debt')}: ${bearers}` },
    ];
  }
  return [];
}

function tellAct({ who, market: k, deed }: Act, markets: readonly DeployedMarket[]): Told {
  const name = shortAddress(who);
  switch (deed.kind) {
    case 'supply':
      return { tone: 'good', text: `${name} lends ${shortMoney(deed.amount, 'asset')}` };
    case 'withdraw':
      return { tone: 'fair', text: `${name} takes out ${shortMoney(deed.amount, 'asset')}` };
    case 'repay':
      return { tone: 'good', text: `${name} repays ${shortMoney(deed.amount, 'asset')}` };
    case 'borrow':
      return { tone: 'plain', text: `${name} borrows ${shortMoney(deed.amount, 'debt')}` };
    case 'open': {
      const amount = formatTokens(deed.pledged, 18, 'asset', 'WETH');
      return { tone: 'plain', text: `${name} is back: ${shortMoney(deed.amount, 'debt')} against ${amount}` };
    }
    case 'pledge': {
      const token = markets[k]?.collaterals[deed.collateral]?.token;
      const amount = formatTokens(deed.amount, token?.decimals ?? 18, 'asset', token?.symbol);
      return { tone: 'good', text: `${name} adds ${amount}` };
    }
  }
}
