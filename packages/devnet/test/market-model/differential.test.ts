import { createMarketState, type MarketState } from '@millrace/protocol/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Anvil, snapshot, startAnvil, timeOf } from '../../src/index.ts';
import { applyToChain } from './chain-market.ts';
import { Choices } from './choices.ts';
import { findDifferences, probesOf } from './compare.ts';
import { applyToModel } from './model-market.ts';
import { type OpenMarket, openMarket } from './open-market.ts';
import { COVER_ALLOWANCE, startingBalances } from './people.ts';
import { createRandom } from './random.ts';
import { PRICES, randomStep } from './random-step.ts';
import { SETTINGS } from './setting.ts';
import { type Step, text } from './step.ts';
import { Tally } from './tally.ts';

// How deep: see docs/build/testing.md.
const SEQUENCES = Number(process.env.MARKET_MODEL_SEQUENCES ?? 4);
const STEPS = Number(process.env.MARKET_MODEL_STEPS ?? 80);
const SEED = Number(process.env.MARKET_MODEL_SEED ?? 1);

const tally = new Tally();

describe.each(SETTINGS)('the market on a chain and in the model: $name', (setting) => {
  let chain: Anvil;
  let deployed: OpenMarket;

  beforeAll(async () => {
    chain = await startAnvil();
    deployed = await openMarket(chain, setting);
  });
  afterAll(() => chain?.stop());

  it(`agree to the wei in ${SEQUENCES} sequences of ${STEPS} steps`, {
    timeout: 60_000 + SEQUENCES * STEPS * 500,
  }, async () => {
    for (let k = 0; k < SEQUENCES; k++) await compareSequence(deployed, SEED + k);
  });
});

it('did all there is to do, and was refused', () => {
  if (process.env.MARKET_MODEL_TALLY) process.stdout.write(`${tally}\n`);
  const done = [
    'supply',
    'mint',
    'withdraw',
    'redeem',
    'supplyCollateral',
    'withdrawCollateral',
    'borrow',
    'repay',
  ];
  const rarer = [
    'liquidate',
    'flashLoan',
    'checkpoint',
    'rebalance',
    'multicall',
    'donate',
    'price',
    'transfer',
  ];
  for (const name of [...done, ...rarer]) expect(tally.of(`${name} ok`), name).toBeGreaterThan(0);
  const special = [
    'partial liquidation',
    'close-out',
    'bad debt: loss',
    'borrow Unhealthy',
    'liquidate Healthy',
  ];
  for (const name of special) expect(tally.of(name), name).toBeGreaterThan(0);
});

/** Runs one sequence on both and compares after every step; the chain is set back afterwards. */
async function compareSequence(deployed: OpenMarket, seed: number): Promise<void> {
  const fresh = await snapshot(deployed.client);
  const choices = new Choices(createRandom(seed), deployed);
  const probes = probesOf(deployed);
  let { state, time } = await start(deployed);
  const history: Step[] = [];
  for (let k = 0; k < STEPS; k++) {
    const step = randomStep(choices, state, time);
    history.push(step);
    const model = applyToModel(state, step);
    const effect = await applyToChain(deployed, step);
    ({ state } = model);
    ({ time } = step);
    tally.add(step, model.effect);
    for (const event of model.events) tally.count(event);
    const differences = await findDifferences(deployed, probes, state, time);
    if (text(effect) !== text(model.effect)) {
      differences.unshift({ name: 'outcome', chain: text(effect), model: text(model.effect) });
    }
    const where = `seed ${seed}, step ${k}, after\n${history.slice(-4).map(text).join('\n')}`;
    expect(differences.slice(0, 3), where).toEqual([]);
  }
  await fresh.restore();
}

async function start(deployed: OpenMarket): Promise<{ state: MarketState; time: bigint }> {
  const { client, config, tokens, actors, cover, createdAt } = deployed;
  const wallets = tokens.map((_, token) => startingBalances(token, cover, actors));
  const quotes = PRICES.map((price) => ({ bid: price, ask: price }));
  const state = { ...createMarketState(config, createdAt), quotes, wallets, coverAllowance: COVER_ALLOWANCE };
  return { state, time: await timeOf(client) };
}
