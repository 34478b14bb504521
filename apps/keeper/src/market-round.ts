import { parseAmount } from '@millrace/protocol';
import type { Address } from 'viem';
import type { Raise } from './alerts/raise.ts';
import { scanBorrowers } from './chain/borrower-scan.ts';
import { getMarketView, type MarketView } from './chain/market-view.ts';
import { getPositions, getQuotes, type Position } from './chain/positions.ts';
import type { KeeperConfig } from './config/schema.ts';
import type { Desk, Round } from './desk.ts';
import { keepApproval } from './duties/approvals.ts';
import { keepCheckpoints } from './duties/checkpoints.ts';
import { alertHealth } from './duties/health-alerts.ts';
import { type Budget, keepLiquidations } from './duties/liquidations.ts';
import { alertLosses, alertMarket } from './duties/market-alerts.ts';
import { keepTills, noteTills } from './duties/rebalancing.ts';
import { describeError } from './errors.ts';
import { gasPriceInAsset, type KeptMarket } from './kept-market.ts';
import { countBands } from './plan/health-band.ts';

/** What the markets of a round share. */
export type RoundParts = {
  desk: Desk;
  raise: Raise;
  config: KeeperConfig;
  round: Round;
  /** What may be spent of a token in this round. */
  budgetOf: (token: Address) => Promise<Budget>;
};

type Sight = { view: MarketView; quotes: Position['collaterals']; gasPrice: bigint | undefined };

/**
 * Everything for one market at one block. A duty that fails does not keep the others from theirs.
 *
 * @returns whether all of them got through
 */
export async function runMarket(parts: RoundParts, market: KeptMarket): Promise<boolean> {
  const { desk, config, round } = parts;
  const [view, quotes] = await Promise.all([
    getMarketView(desk.client, config.lens, market.address, round.head),
    getQuotes(desk.client, config.lens, market.address, round.head.number),
  ]);
  desk.metrics.utilisation.set({ market: market.name }, Number(view.utilisation) / 1e18);
  const sight = { view, quotes, gasPrice: gasPriceInAsset(market, quotes) };
  const hysteresisBps = toHysteresis(config);
  return attemptAll(desk, market, {
    checkpoints: () => keepCheckpoints(desk, market, view, sight.gasPrice, round),
    positions: () => keepPositions(parts, market, sight),
    health: () => watchHealth(parts, market),
    alerts: () => alertMarket(parts.raise, market, { ...sight, hysteresisBps, head: round.head }),
  });
}

/** Finds borrowers, reads those who may have come near liquidation, and does what follows from it. */
async function keepPositions(parts: RoundParts, market: KeptMarket, sight: Sight): Promise<void> {
  const { desk, config, round } = parts;
  const { head } = round;
  const settings = {
    market: market.address,
    fromBlock: BigInt(market.settings.fromBlock),
    reorgDepth: BigInt(config.chain.reorgDepth),
    logRange: BigInt(config.chain.logRange),
  };
  const scan = await scanBorrowers(desk.client, desk.journal, settings, head, (losses) =>
    alertLosses(parts.raise, market, losses),
  );
  const touched = [...scan.touched].filter(([, block]) => block > market.readTo).map(([owner]) => owner);
  market.borrowers.invalidate(head.doubtful || scan.reorganised ? 'all' : touched);
  noteTills(market, touched, sight.view.stripes, head.now);
  const positions = await refresh(parts, market, sight.quotes);
  market.readTo = head.number;
  await keepTills(desk, market, sight.view.stripes, round).catch((error: unknown) => {
    desk.complaints.raise(`${market.name} rebalancing`, describeError(error));
  });
  if (market.settings.liquidations === false || sight.gasPrice === undefined) return;
  if (!(await keepApproval(desk, market, round))) return;
  const budget = await parts.budgetOf(market.asset);
  const { stripes } = sight.view;
  await keepLiquidations(desk, market, { ...round, positions, stripes, gasPrice: sight.gasPrice, budget });
}

async function refresh(
  { desk, config, round: { head } }: RoundParts,
  market: KeptMarket,
  quotes: Position['collaterals'],
): Promise<Position[]> {
  const { liquidations } = market.settings;
  const rule = {
    near: parseAmount(String(liquidations === false ? 1 : liquidations.nearHealth), 18),
    maxAge: BigInt(liquidations === false ? 300 : liquidations.refreshSeconds),
  };
  const owners = desk.journal.state.scans.get(market.address)?.borrowers ?? [];
  const asks = quotes.map(({ ask }) => ask);
  const stale = market.borrowers.stale(owners, asks, head.now, rule);
  const { positionsPerCall } = config.chain;
  const positions = await getPositions(
    desk.client,
    config.lens,
    market.address,
    stale,
    head.number,
    positionsPerCall,
  );
  market.borrowers.update(positions, head.now);
  for (const [band, count] of countBands(market.borrowers.healths())) {
    desk.metrics.borrowers.set({ market: market.name, band }, count);
  }
  return positions;
}

async function watchHealth({ desk, raise, config, round }: RoundParts, market: KeptMarket): Promise<void> {
  const { watch } = market.settings;
  const positions = await getPositions(
    desk.client,
    config.lens,
    market.address,
    watch.map(({ address }) => address),
    round.head.number,
    config.chain.positionsPerCall,
  );
  for (const [k, position] of positions.entries()) {
    const watched = watch[k];
    if (watched) await alertHealth(raise, market, watched, position, toHysteresis(config), round.head);
  }
}

function toHysteresis(config: KeeperConfig): bigint {
  return BigInt(Math.round(config.alerts.hysteresisPercent * 100));
}

async function attemptAll(
  { complaints }: Desk,
  market: KeptMarket,
  duties: Record<string, () => Promise<void>>,
): Promise<boolean> {
  const results = await Promise.all(
    Object.entries(duties).map(async ([name, duty]) => {
      const about = `${market.name} ${name}`;
      try {
        await duty();
        complaints.settle(about);
        return true;
      } catch (error) {
        complaints.raise(about, describeError(error));
        return false;
      }
    }),
  );
  return results.every(Boolean);
}
