import type { DeployedMarket } from '@millrace/devnet';
import { formatTokens } from '@millrace/protocol';
import type { Address } from 'viem';
import { guestAt } from '../people/accounts.ts';
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

function tellEvent(event: MarketEvent, market: DeployedMarket): Told[] {
  const { eventName, args } = event;
  if (eventName === 'Liquidated') {
    const token = market.collaterals[Number(args.index)]?.token;
    const seized = formatTokens(args.seized, token?.decimals ?? 18, 'asset', token?.symbol);
    const how = args.badDebt > 0n ? 'closed out' : 'liquidated';
    const text = `${nameOf(args.owner)} ${how}: ${shortMoney(args.repaid, 'debt')} for ${seized}`;
    return [{ tone: guestAt(args.owner) ? 'accent' : 'poor', text }];
  }
  if (eventName === 'BadDebtRealised') {
    const { loss, fromReserve, fromLenders } = args;
    const bearers = `reserve ${shortMoney(fromReserve, 'debt')}, lenders ${shortMoney(fromLenders, 'debt')}`;
    return [{ tone: 'bad', text: `${nameOf(args.owner)} bad debt ${shortMoney(loss, 'debt')}: ${bearers}` }];
  }
  return tellGuest(event, market).map((text) => ({ tone: 'accent', text }));
}

/** What guests do; of the others it is known before they do it. */
function tellGuest({ eventName, args }: MarketEvent, { collaterals }: DeployedMarket): string[] {
  const guest = 'owner' in args ? guestAt(args.owner)?.name : undefined;
  if (guest === undefined) return [];
  const tokens = (index: bigint, amount: bigint) => {
    const token = collaterals[Number(index)]?.token;
    return formatTokens(amount, token?.decimals ?? 18, 'asset', token?.symbol);
  };
  switch (eventName) {
    case 'Deposit':
      return [`${guest} lends ${shortMoney(args.assets, 'asset')}`];
    case 'Withdraw':
      return [`${guest} takes out ${shortMoney(args.assets, 'asset')}`];
    case 'CollateralSupplied':
      return [`${guest} adds ${tokens(args.index, args.amount)}`];
    case 'CollateralWithdrawn':
      return [`${guest} takes back ${tokens(args.index, args.amount)}`];
    case 'Borrowed':
      return [`${guest} borrows ${shortMoney(args.assets, 'debt')}`];
    case 'Repaid':
      return [`${guest} repays ${shortMoney(args.assets, 'asset')}`];
    default:
      return [];
  }
}

function nameOf(address: Address): string {
  return guestAt(address)?.name ?? shortAddress(address);
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
