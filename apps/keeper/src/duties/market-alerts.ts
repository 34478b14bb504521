import { formatPercent, formatTokens, parseAmount } from '@millrace/protocol';
import type { Raise } from '../alerts/raise.ts';
import type { HeadStep } from '../chain/head.ts';
import type { Loss } from '../chain/market-events.ts';
import type { MarketView } from '../chain/market-view.ts';
import type { Position } from '../chain/positions.ts';
import type { KeptMarket } from '../kept-market.ts';
import { readAbove, readWhether } from '../plan/latch.ts';

/** What market alerts look at. */
export type MarketSight = {
  view: MarketView;
  quotes: Position['collaterals'];
  hysteresisBps: bigint;
  head: HeadStep;
};

/** Alerts about the market itself: paused, nearly lent out, an oracle silent or in dispute. */
export async function alertMarket(raise: Raise, market: KeptMarket, sight: MarketSight): Promise<void> {
  const { alerts } = market.settings;
  if (alerts === false) return;
  const { view, head } = sight;
  const { address, name } = market;
  const paused = view.pausedUntil > head.now;
  if (alerts.paused) {
    await raise(`paused:${address}`, readWhether(paused), head.number, () => ({
      kind: 'paused',
      severity: 'critical',
      text: `${name} is paused until ${new Date(Number(view.pausedUntil) * 1_000).toISOString()}.`,
      details: { market: name, until: String(view.pausedUntil) },
    }));
  }
  const limit = parseAmount(String(alerts.utilisationPercent), 16);
  await raise(
    `utilisation:${address}`,
    readAbove(view.utilisation, limit, sight.hysteresisBps),
    head.number,
    () => ({
      kind: 'utilisation',
      severity: 'warning',
      text: `${name} is lent out to ${formatPercent(view.utilisation, 'debt')}: lenders may have to wait.`,
      details: { market: name, utilisation: String(view.utilisation) },
    }),
  );
  if (alerts.oracle) await alertOracles(raise, market, sight);
}

async function alertOracles(raise: Raise, market: KeptMarket, { quotes, head }: MarketSight): Promise<void> {
  for (const [index, { bid, ask, token }] of quotes.entries()) {
    const details = {
      market: market.name,
      collateral: String(index),
      token,
      bid: String(bid),
      ask: String(ask),
    };
    const about = `${market.address}:${index}`;
    await raise(`oracle-stale:${about}`, readWhether(ask === 0n), head.number, () => ({
      kind: 'oracle-stale',
      severity: 'critical',
      text: `Collateral ${index} of ${market.name} has no price: it cannot be liquidated.`,
      details,
    }));
    await raise(`oracle-disputed:${about}`, readWhether(bid === 0n && ask > 0n), head.number, () => ({
      kind: 'oracle-disputed',
      severity: 'warning',
      text: `The price of collateral ${index} of ${market.name} is disputed: nobody can borrow against it.`,
      details,
    }));
  }
}

/** Alerts about bad debt. Each loss is an event of one transaction, so its latch trips once and is never armed again. */
export async function alertLosses(raise: Raise, market: KeptMarket, losses: readonly Loss[]): Promise<void> {
  if (market.settings.alerts === false || !market.settings.alerts.badDebt) return;
  for (const each of losses) {
    const amount = (units: bigint) => formatTokens(units, market.decimals, 'debt', market.symbol);
    await raise(`bad-debt:${each.transaction}:${each.owner}`, 'tripped', each.block, () => ({
      kind: 'bad-debt',
      severity: each.fromLenders > 0n ? 'critical' : 'warning',
      text: `${market.name} lost ${amount(each.loss)}: the reserve paid ${amount(each.fromReserve)}, cover ${amount(each.fromCover)}, lenders ${amount(each.fromLenders)}.`,
      details: {
        market: market.name,
        owner: each.owner,
        loss: String(each.loss),
        fromReserve: String(each.fromReserve),
        fromCover: String(each.fromCover),
        fromLenders: String(each.fromLenders),
        transaction: each.transaction,
      },
    }));
  }
}
