import {
  computeBorrowApr,
  computeOwed,
  computeSupplyApr,
  computeUtilisation,
  worthDown,
} from '@millrace/protocol/market';
import type { MachineNews, MachinePanel } from '../machines/machine-panel.ts';
import { borrowerView } from '../people/crowd.ts';
import type { PreparedReplay } from '../replay/prepare-replay.ts';
import { printViolation } from '../replay/print-outcome.ts';
import type { Moment } from '../replay/run-replay.ts';
import { NO_TALLY } from '../replay/tally.ts';
import { FEE_BPS } from '../scene/market-plans.ts';
import type { Scene } from '../scene/scene.ts';
import { toBands } from './bands.ts';
import { toGuests } from './guests.ts';
import { toHappenings } from './happenings.ts';
import type { MarketPanel, Model } from './model.ts';

/** How many happenings are kept to be shown. */
const MEMORY = 60;

/** What the view shows before the first block. */
export function firstModel(
  scene: Scene,
  { start, path }: PreparedReplay,
  facts: Pick<Model, 'replay' | 'speed'>,
  keeperPid: number | undefined,
): Model {
  return {
    ...facts,
    paused: false,
    url: scene.chain.url,
    now: start.unix,
    step: 0,
    steps: path.length,
    blocks: 0,
    prices: [start.price],
    startPrice: start.price,
    firstUnix: start.unix,
    liquidations: [],
    markets: [],
    bands: [],
    happenings: [],
    guests: [],
    machines: [],
    tally: NO_TALLY,
    keeper: { pid: keeperPid, sent: 0, passes: 0, good: true, open: 0 },
    violation: undefined,
  };
}

/** The view after one more block. */
export function follow(model: Model, moment: Moment, scene: Scene): Model {
  const { step, price, snapshot, events, keeper, violations, tally } = moment;
  const isReplay = step <= model.steps;
  const prices = isReplay ? [...model.prices.slice(0, step), price] : model.prices;
  const liquidations = [...model.liquidations];
  const count = events.flat().filter(({ eventName }) => eventName === 'Liquidated').length;
  if (isReplay) liquidations[step] = (liquidations[step] ?? 0) + count;
  const [violation] = violations;
  return {
    ...model,
    now: snapshot.time,
    step: Math.min(step, model.steps),
    blocks: moment.blocks,
    prices,
    liquidations,
    tally,
    markets: scene.markets.map((_, k) => toPanel(scene, moment, k)),
    bands: toBands(scene.markets.flatMap((_, k) => borrowings(scene, moment, k))),
    happenings: [...model.happenings, ...toHappenings(moment, scene.markets)].slice(-MEMORY),
    guests: toGuests(scene, moment),
    keeper:
      keeper === undefined
        ? model.keeper
        : {
            ...model.keeper,
            good: keeper.good,
            open: keeper.openIntents,
            sent: model.keeper.sent + keeper.sent.length,
            passes: model.keeper.passes + 1,
          },
    violation: model.violation ?? (violation && printViolation(violation)),
  };
}

/** The view after machines have worked for a while. */
export function followMachines(
  model: Model,
  machines: readonly MachinePanel[],
  news: readonly MachineNews[],
): Model {
  const told = news.map((each) => ({ unix: model.now, ...each }));
  return { ...model, machines, happenings: [...model.happenings, ...told].slice(-MEMORY) };
}

function toPanel(scene: Scene, { snapshot }: Moment, k: number): MarketPanel {
  const [market, facts] = [snapshot.markets[k], scene.markets[k]];
  const books = { ...(market ?? EMPTY), feeBps: FEE_BPS };
  const basket = facts?.collaterals.map(({ token }) => token.symbol).join(' + ');
  return {
    title: `${facts?.asset.symbol} against ${basket}`,
    utilisation: computeUtilisation(books, snapshot.time),
    borrowApr: computeBorrowApr(books),
    supplyApr: computeSupplyApr(books, snapshot.time),
    supplied: worthDown(books.totals.shares, books.accrual.price),
    owed: computeOwed(books, snapshot.time),
    reserve: books.terms.reserve,
    price: books.accrual.price,
    tills: market?.tills ?? [],
  };
}

const EMPTY = {
  accrual: { price: 0n, index: 0n, settledAt: 0n },
  terms: { rate: 0n, reserve: 0n },
  totals: { shares: 0n, debt: 0n, cash: 0n },
};

function borrowings(scene: Scene, { snapshot }: Moment, k: number) {
  const [market, facts] = [snapshot.markets[k], scene.markets[k]];
  if (market === undefined || facts === undefined) return [];
  return [...market.positions.keys()].map((owner) => {
    const { debt, health } = borrowerView(owner, market, facts, snapshot.time);
    return { debt, health: health.healthWad };
  });
}
