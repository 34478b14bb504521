import { adaptiveRateAbi, adaptiveRateBytecode } from '@millrace/protocol/contracts/adaptive-rate';
import { kinkRateAbi, kinkRateBytecode } from '@millrace/protocol/contracts/kink-rate';
import { nextRate, type RateModel } from '@millrace/protocol/market';
import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Anvil,
  createDevnetClient,
  type DevnetClient,
  deployContract,
  startAnvil,
  transact,
} from '../../src/index.ts';
import { createRandom } from './random.ts';
import { connect } from './rpc.ts';

const PERCENT = 10n ** 16n;
const WAD = 100n * PERCENT;
const KINK = {
  kind: 'kink',
  base: PERCENT,
  slope1: 7n * PERCENT,
  kink: 83n * PERCENT,
  slope2: 300n * PERCENT,
} as const satisfies RateModel;
const ADAPTIVE = {
  kind: 'adaptive',
  initialLevel: 4n * PERCENT,
  minLevel: 1n,
  maxLevel: 250n * PERCENT,
  speed: 1_000n * WAD,
} as const satisfies RateModel;

let chain: Anvil;
let client: DevnetClient;
beforeAll(async () => {
  chain = await startAnvil();
  client = createDevnetClient(chain);
});
afterAll(() => chain?.stop());

/** Anything from empty to more than full, often an edge. */
function anyUtilisation(random: ReturnType<typeof createRandom>): bigint {
  const edges = [0n, 1n, KINK.kink, KINK.kink + 1n, 90n * PERCENT, 90n * PERCENT + 1n, WAD, WAD + 1n];
  return random.onceIn(5) ? random.oneOf(edges) : random.upTo((WAD * 11n) / 10n);
}

describe('the rate models on a chain and in the model', () => {
  it('agree along the kinked curve', async () => {
    const args = [KINK.base, KINK.slope1, KINK.kink, KINK.slope2] as const;
    const to = await deployContract(client, { abi: kinkRateAbi, bytecode: kinkRateBytecode, args });
    const random = createRandom(1);
    const points = Array.from({ length: 500 }, () => anyUtilisation(random));
    const answers = await connect(chain.url).batch<Hex>(
      points.map((u) => {
        const data = encodeFunctionData({ abi: kinkRateAbi, functionName: 'nextRate', args: [u, 0n, 1n] });
        return ['eth_call', [{ to, data }, 'latest']] as const;
      }),
    );
    expect(answers.map(BigInt)).toEqual(points.map((u) => nextRate(KINK, 0n, u, 1n)?.rate));
  });

  it('agree on where an adaptive level goes, step after step', async () => {
    const args = [ADAPTIVE.initialLevel, ADAPTIVE.minLevel, ADAPTIVE.maxLevel, ADAPTIVE.speed] as const;
    const contract = { abi: adaptiveRateAbi, bytecode: adaptiveRateBytecode, args } as const;
    const address = await deployContract(client, contract);
    const random = createRandom(2);
    let level = 0n;
    for (let k = 0; k < 120; k++) {
      const used = anyUtilisation(random);
      const elapsed = random.onceIn(4) ? random.upTo(200_000n) : random.upTo(5_000n);
      const onChain = await stepOnChain(address, used, elapsed);
      const model = nextRate(ADAPTIVE, level, used, elapsed);
      expect(model, `step ${k}`).toEqual(onChain);
      level = onChain.level;
    }
  });
});

async function stepOnChain(
  to: Address,
  used: bigint,
  elapsed: bigint,
): Promise<{ rate: bigint; level: bigint }> {
  const abi = adaptiveRateAbi;
  const data = encodeFunctionData({ abi, functionName: 'nextRate', args: [used, 0n, elapsed] });
  const { data: answer = '0x' } = await client.call({ account: client.account, to, data });
  await transact(client, { to, data, gas: 200_000n });
  const level = await client.readContract({
    address: to,
    abi,
    functionName: 'levelOf',
    args: [client.account.address],
  });
  return { rate: decodeFunctionResult({ abi, functionName: 'nextRate', data: answer }), level };
}
