import { createMarketState, type MarketState } from '@millrace/protocol/market';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Anvil, startAnvil } from '../../src/index.ts';
import { applyToChain } from './chain-market.ts';
import { Choices } from './choices.ts';
import { findDifferences, probesOf } from './compare.ts';
import { COVER_ALLOWANCE, type Deployed, deployMarket, startingBalance, timeOf } from './deploy-market.ts';
import { applyToModel } from './model-market.ts';
import { createRandom } from './random.ts';
import { randomStep } from './random-step.ts';
import { connect } from './rpc.ts';
import { SETTINGS } from './settings.ts';
import { type Step, text } from './step.ts';
import { Tally } from './tally.ts';

// How deep: see docs/build/testing.md.
const SEQUENCES = Number(process.env.MARKET_MODEL_SEQUENCES ?? 4);
const STEPS = Number(process.env.MARKET_MODEL_STEPS ?? 80);
const SEED = Number(process.env.MARKET_MODEL_SEED ?? 1);

const tally = new Tally();

describe.each(SETTINGS)('the market on a chain and in the model: $name', (setting) => {
  let chain: Anvil;
  let deployed: Deployed;

  beforeAll(async () => {
    chain = await startAnvil();
    deployed = await deployMarket(connect(chain.url), setting);
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
async function compareSequence(deployed: Deployed, seed: number): Promise<void> {
  const { rpc } = deployed;
  const snapshot = await rpc.send('evm_snapshot');
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
  await rpc.send('evm_revert', snapshot);
}

async function start(deployed: Deployed): Promise<{ state: MarketState; time: bigint }> {
  const { rpc, config, tokens, actors, receiver, cover, createdAt } = deployed;
  const wallets = tokens.map(
    (_, token) =>
      new Map<Address, bigint>(
        [...actors, receiver, cover].map((account) => [account, startingBalance(deployed, account, token)]),
      ),
  );
  const state = { ...createMarketState(config, createdAt), wallets, coverAllowance: COVER_ALLOWANCE };
  return { state, time: await timeOf(rpc) };
}
