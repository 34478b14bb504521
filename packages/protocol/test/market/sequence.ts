import fc from 'fast-check';
import type { Address } from 'viem';
import { WAD } from '../../src/index.ts';
import {
  type Call,
  computeHealth,
  createMarketState,
  debtOf,
  donate,
  encodeRoute,
  type Health,
  type MarketConfig,
  type MarketState,
  multicall,
  positionOf,
  setQuote,
  sharesOf,
  totals,
  worthDown,
} from '../../src/market/index.ts';

/** What a sequence is made of: who does what, how much of what there is, and how long after the last. */
export type Intent = {
  readonly kind: (typeof KINDS)[number];
  readonly actor: number;
  readonly owner: number;
  readonly collateral: number;
  /** Thousandths. */
  readonly part: bigint;
  readonly elapsed: bigint;
  readonly tills: readonly number[];
};

/** Each as often as it stands here, so that there is something to liquidate and someone who does. */
const KINDS = [
  ...([
    'supply',
    'pledge',
    'borrow',
    'borrow',
    'liquidate',
    'liquidate',
    'liquidate',
    'liquidate',
    'checkpoint',
    'price',
  ] as const),
  ...(['redeem', 'withdraw', 'release', 'repay', 'flash', 'donate', 'crash'] as const),
] as const;

const ACTORS: readonly Address[] = [1, 2, 3].map((n) => `0x${n.toString().repeat(40)}` as Address);
const TOKENS: readonly Address[] = [7, 8, 9].map((n) => `0x${n.toString().repeat(40)}` as Address);
const [ASSET, FIRST, SECOND] = TOKENS as [Address, Address, Address];
const PRICES = [2n * 10n ** 27n, 5n * 10n ** 38n] as const;

const terms = { oracle: ASSET, borrowLtvBps: 7_500n, liquidationLtvBps: 8_300n, maxBonusBps: 700n };

/** A market with two collaterals that anyone may use. */
function configWith(stripes: number): MarketConfig {
  return {
    asset: ASSET,
    stripes,
    rateModel: {
      kind: 'kink',
      base: 10n ** 16n,
      slope1: 10n ** 17n,
      kink: 8n * 10n ** 17n,
      slope2: 10n ** 18n,
    },
    minEpoch: stripes === 1 ? 0n : 60n,
    maxEpoch: stripes === 1 ? 0n : 86_400n,
    feeBps: 1_500n,
    rewardBps: 800n,
    flashFeeBps: 7n,
    targetHealthBps: 11_000n,
    initialRate: 10n ** 11n,
    minDebt: 1_000n,
    collaterals: [
      { ...terms, token: FIRST, cap: 10n ** 30n },
      { ...terms, token: SECOND, liquidationLtvBps: 8_000n, cap: 10n ** 30n },
    ],
  };
}

/** Any sequence. */
export const sequences = fc.array(
  fc.record<Intent>({
    kind: fc.constantFrom(...KINDS),
    actor: fc.nat(ACTORS.length - 1),
    owner: fc.nat(ACTORS.length - 1),
    collateral: fc.nat(1),
    part: fc.constantFrom(1n, 150n, 333n, 600n, 800n, 950n, 1_000n),
    elapsed: fc.constantFrom(0n, 1n, 59n, 60n, 3_600n, 86_401n, 2_000_000n),
    tills: fc.array(fc.nat(63), { maxLength: 3 }),
  }),
  { minLength: 40, maxLength: 80 },
);

/** One step of a sequence: what was called, and the market before and after it, at its time. */
export type Step = {
  readonly time: bigint;
  readonly call: Call | undefined;
  readonly result: unknown;
  readonly before: MarketState;
  readonly after: MarketState;
};

/** Runs a sequence from an empty market; what is refused changes nothing and is left out. */
export function runSequence(stripes: number, intents: readonly Intent[]): Step[] {
  let time = 1_000_000n;
  let state = createMarketState(configWith(stripes), time);
  for (const [i, price] of PRICES.entries()) state = setQuote(state, i, { bid: price, ask: price });
  const steps: Step[] = [];
  for (const intent of intents) {
    time += intent.elapsed;
    const step = apply(state, sensible(state, intent, time), time);
    if (!step) continue;
    steps.push(step);
    state = step.after;
  }
  return steps;
}

/** All who hold anything in a sequence. */
export function people(): readonly Address[] {
  return ACTORS;
}

function apply(before: MarketState, intent: Intent, time: bigint): Step | undefined {
  const sender = ACTORS[intent.actor] as Address;
  const step = { time, before, call: undefined, result: undefined };
  if (intent.kind === 'price' || intent.kind === 'crash') return { ...step, after: priced(before, intent) };
  if (intent.kind === 'donate') {
    const gift = { token: intent.collateral, till: 0, amount: intent.part * 10n ** 6n };
    const given = donate(before, { sender, time }, gift);
    return given.ok ? { ...step, after: given.state } : undefined;
  }
  const call = toCall(before, intent, time);
  const outcome = multicall(before, { sender, time }, [call]);
  return outcome.ok ? { time, before, call, result: outcome.result[0], after: outcome.state } : undefined;
}

/** Back to where it began; or down from where it is, the other collateral half as far. */
function priced(state: MarketState, { kind, collateral, part }: Intent): MarketState {
  return PRICES.reduce((market, first, i) => {
    const last = state.quotes[i]?.ask ?? first;
    const fall = i === collateral ? 450n - (part * 2n) / 5n : 225n - part / 5n;
    const ask = kind === 'crash' && last > first / 50n ? (last * (1_000n - fall)) / 1_000n : first;
    return setQuote(market, i, { bid: (ask * 99n) / 100n, ask });
  }, state);
}

/** What has to happen first so that the intent can mean something, or the intent. */
function sensible(state: MarketState, intent: Intent, time: bigint): Intent {
  const sender = ACTORS[intent.actor] as Address;
  const all = ACTORS.map((owner) => healthOf(state, owner, time));
  const isEmpty = totals(state).cash <= 0n;
  if (
    intent.kind === 'liquidate' &&
    !all.some(({ healthWad }) => healthWad !== undefined && healthWad < WAD)
  ) {
    return sensible(state, { ...intent, kind: all.some(({ debt }) => debt > 0n) ? 'crash' : 'borrow' }, time);
  }
  if (intent.kind === 'borrow' && isEmpty) return { ...intent, kind: 'supply' };
  if (intent.kind === 'borrow' && roomOf(state, sender, time) === 0n) return { ...intent, kind: 'pledge' };
  return intent;
}

/** What somebody may still borrow. */
function roomOf(state: MarketState, owner: Address, time: bigint): bigint {
  const { capacity, debt } = healthOf(state, owner, time);
  return capacity > debt ? capacity - debt : 0n;
}

/** Of the first who may be liquidated, from the one that was meant on. */
function liquidation(state: MarketState, intent: Intent, time: bigint, route: bigint): Call {
  const meant = [...ACTORS.slice(intent.owner), ...ACTORS] as [Address, ...Address[]];
  const owner = meant.find((each) => (healthOf(state, each, time).healthWad ?? WAD) < WAD) ?? meant[0];
  const isHeld = positionOf(state, owner).collaterals[intent.collateral] !== 0n;
  const index = isHeld ? intent.collateral : 1 - intent.collateral;
  return {
    kind: 'liquidate',
    owner,
    index,
    maxRepay: intent.part > 300n ? 10n ** 30n : intent.part * 10n ** 7n,
    route,
  };
}

/** Debt and health of an owner in a state. */
export function healthOf(state: MarketState, owner: Address, time: bigint): Health & { debt: bigint } {
  const { collaterals } = positionOf(state, owner);
  const holdings = state.config.collaterals.map((terms, i) => {
    const { bid, ask } = state.quotes[i] ?? { bid: 0n, ask: 0n };
    return { ...terms, bid, ask, amount: collaterals[i] ?? 0n };
  });
  const debt = debtOf(state, owner, time);
  return { debt, ...computeHealth({ debt, holdings }) };
}

function toCall(state: MarketState, intent: Intent, time: bigint): Call {
  const { part, collateral: index } = intent;
  const sender = ACTORS[intent.actor] as Address;
  const owner = ACTORS[intent.owner] as Address;
  const { stripes } = state.config;
  const route = encodeRoute(intent.tills.map((till) => till % stripes));
  const of = (whole: bigint) => (whole * part) / 1_000n;
  switch (intent.kind) {
    case 'redeem':
      return { kind: 'redeem', shares: of(sharesOf(state, sender)), owner: sender, receiver: owner, route };
    case 'withdraw': {
      const assets = of(worthDown(sharesOf(state, sender), state.accrual.price));
      return { kind: 'withdraw', assets, owner: sender, receiver: owner, route };
    }
    case 'pledge': {
      const amount = (of(10n ** 12n) * 10n ** 36n) / (PRICES[index] ?? 1n);
      return { kind: 'supplyCollateral', index, amount, owner: sender, route };
    }
    case 'release': {
      const amount = of(positionOf(state, sender).collaterals[index] ?? 0n);
      return { kind: 'withdrawCollateral', index, amount, owner: sender, receiver: owner, route };
    }
    case 'borrow':
      return {
        kind: 'borrow',
        assets: of(roomOf(state, sender, time)),
        owner: sender,
        receiver: owner,
        route,
      };
    case 'repay':
      return { kind: 'repay', assets: of(debtOf(state, owner, time)) + 1n, owner, route };
    case 'liquidate':
      return liquidation(state, intent, time, route);
    case 'flash': {
      const meanwhile: Call[] = [{ kind: 'checkpoint' }];
      return { kind: 'flashLoan', receiver: sender, token: ASSET, amount: of(10n ** 10n), route, meanwhile };
    }
    case 'checkpoint':
      return { kind: 'checkpoint' };
    default:
      return { kind: 'supply', assets: of(10n ** 13n), owner, route };
  }
}
