import type { Call, MarketState, Quote } from '@millrace/protocol/market';
import type { Address } from 'viem';
import type { Choices } from './choices.ts';
import type { Random } from './random.ts';
import { randomCall } from './random-call.ts';
import type { Action, Step } from './step.ts';
import { survey } from './survey.ts';

/** Seconds between two steps. */
const GAPS = [1n, 1n, 2n, 13n, 60n, 61n, 600n, 3_600n, 3_601n, 40_000n, 90_000n, 700_000n];
/** What the collaterals cost at first: base units of the asset for one of theirs, × 1e36. 2 000 and 50 000 to the whole. */
export const PRICES = [2n * 10n ** 27n, 5n * 10n ** 38n] as const;
/** What the oracle of each collateral keeps exactly: it has 36 significant digits. */
const GRAINS = [1n, 10n ** 6n] as const;

/** What happens next in a market that was last touched at `now`. */
export function randomStep(choices: Choices, state: MarketState, now: bigint): Step {
  const time = now + choices.random.oneOf(GAPS);
  const sender = choices.actor();
  const action = randomAction(choices, state, sender, time);
  const isGuards = action.kind === 'pause' || action.kind === 'unpause';
  const guardian = choices.deployed.actors[0] ?? sender;
  return { time, action, sender: isGuards && !choices.random.onceIn(4) ? guardian : sender };
}

function randomAction(choices: Choices, state: MarketState, sender: Address, time: bigint): Action {
  const { random } = choices;
  if (state.quotes.some(({ ask }) => ask === 0n) && !random.onceIn(3)) return price(random, state);
  const { debtors, victims } = survey(state, choices.deployed.actors, time);
  if (random.onceIn(debtors.length > 0 && victims.length === 0 ? 5 : 15)) return price(random, state);
  if (random.onceIn(30)) {
    const token = random.below(state.tills.length);
    const till = random.below(state.config.stripes);
    return { kind: 'donate', token, till, amount: random.upTo(10n ** 10n) };
  }
  if (random.onceIn(40)) return { kind: 'pause', durationSeconds: random.upTo(300_000n) };
  if (random.onceIn(60)) return { kind: 'unpause' };
  if (random.onceIn(12)) return { kind: 'multicall', calls: calls(choices, state, sender, time) };
  return { kind: 'call', call: randomCall(choices, { state, sender, time }) };
}

/** A few calls in one transaction, often with a checkpoint after them. */
function calls(choices: Choices, state: MarketState, sender: Address, time: bigint): Call[] {
  const { random } = choices;
  const some = Array.from({ length: 1 + random.below(3) }, () =>
    randomCall(choices, { state, sender, time }),
  );
  return random.onceIn(2) ? [...some, { kind: 'checkpoint' }] : some;
}

function price(random: Random, state: MarketState): Action {
  const index = random.below(PRICES.length);
  const last = state.quotes[index]?.ask ?? 0n;
  const from = last === 0n || random.onceIn(4) ? (PRICES[index] ?? 0n) : last;
  return { kind: 'price', index, quote: rounded(moved(random, from), GRAINS[index] ?? 1n) };
}

/** A walk, sometimes a crash, sometimes no price. */
function moved(random: Random, last: bigint): Quote {
  if (random.onceIn(40)) return { bid: 0n, ask: random.onceIn(2) ? 0n : last };
  const percent = random.onceIn(4) ? 30n + random.upTo(50n) : 88n + random.upTo(30n);
  const ask = (last * percent) / 100n + random.upTo(9n);
  const bid = random.onceIn(3) ? (ask * (97n + random.upTo(3n))) / 100n : ask;
  return { bid, ask };
}

function rounded({ bid, ask }: Quote, grain: bigint): Quote {
  return { bid: bid - (bid % grain), ask: ask - (ask % grain) };
}
