import { createMarketState, type MarketState } from '@millrace/protocol/market';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Anvil, startAnvil } from '../../src/index.ts';
import { applyToChain } from './chain-market.ts';
import { findDifferences, probesOf } from './compare.ts';
import { COVER_ALLOWANCE, type Deployed, deployMarket, startingBalance } from './deploy-market.ts';
import { applyToModel } from './model-market.ts';
import { createRandom } from './random.ts';
import { StepMaker } from './random-step.ts';
import { connect } from './rpc.ts';
import { SETTINGS } from './settings.ts';
import { type Step, text } from './step.ts';

const SEQUENCES = Number(process.env.MARKET_MODEL_SEQUENCES ?? 3);
const STEPS = Number(process.env.MARKET_MODEL_STEPS ?? 60);
const SEED = Number(process.env.MARKET_MODEL_SEED ?? 1);

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

/** Runs one sequence on both and compares after every step; the chain is set back afterwards. */
async function compareSequence(deployed: Deployed, seed: number): Promise<void> {
  const { rpc } = deployed;
  const snapshot = await rpc.send('evm_snapshot');
  const maker = new StepMaker(createRandom(seed), deployed);
  const probes = probesOf(deployed);
  let { state, time } = await start(deployed);
  const history: Step[] = [];
  for (let k = 0; k < STEPS; k++) {
    const step = maker.next(state, time);
    history.push(step);
    const model = applyToModel(state, step);
    const effect = await applyToChain(deployed, step);
    ({ state } = model);
    ({ time } = step);
    const differences = await findDifferences(deployed, probes, state, time);
    const where = `seed ${seed}, step ${k}: ${text(step)}\nbefore: ${history.slice(-4, -1).map(text).join('\n')}`;
    expect({ effect, differences }, where).toEqual({ effect: model.effect, differences: [] });
  }
  await rpc.send('evm_revert', snapshot);
}

async function start(deployed: Deployed): Promise<{ state: MarketState; time: bigint }> {
  const { rpc, config, tokens, actors, receiver, cover } = deployed;
  const accrual = await rpc.send<string>('eth_getBlockByNumber', 'latest', false);
  const time = BigInt((accrual as unknown as { timestamp: string }).timestamp);
  const empty = createMarketState(config, deployed.createdAt);
  const wallets = tokens.map(
    (_, token) =>
      new Map<Address, bigint>(
        [...actors, receiver, cover].map((account) => [account, startingBalance(deployed, account, token)]),
      ),
  );
  return { state: { ...empty, wallets, coverAllowance: COVER_ALLOWANCE }, time };
}
