import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import {
  computeHealth,
  debtOf,
  type MarketState,
  positionOf,
  sharesOf,
  totals,
  worthDown,
} from '@millrace/protocol/market';
import { type Abi, type Address, decodeFunctionResult, encodeFunctionData, type Hex, maxUint256 } from 'viem';
import type { OpenMarket } from './open-market.ts';
import { FLASH_RECEIVER } from './people.ts';
import { liquidated, summarise } from './preview-liquidation.ts';
import { text } from './step.ts';

/** One thing that the chain and the model must say alike. */
type Probe = {
  readonly name: string;
  readonly to: Address;
  readonly data: Hex;
  readonly decode: (output: Hex) => unknown;
  readonly expected: (state: MarketState, time: bigint) => unknown;
};

/** What differed: the question, the chain's answer, the model's. */
export type Difference = { readonly name: string; readonly chain: string; readonly model: string };

/** Everything the chain keeps of a market, as questions. */
export function probesOf(deployed: OpenMarket): Probe[] {
  return [
    ...marketProbes(deployed),
    ...lensProbes(deployed),
    ...previewProbes(deployed),
    ...walletProbes(deployed),
  ];
}

/** Asks the chain and the model all questions at the chain's latest block. */
export async function findDifferences(
  { rpc, market }: OpenMarket,
  probes: readonly Probe[],
  state: MarketState,
  time: bigint,
): Promise<Difference[]> {
  // One call of the market's own multicall for what the market itself says.
  const own = probes.filter(({ to }) => to === market);
  const rest = probes.filter(({ to }) => to !== market);
  const calls = [own.map(({ data }) => data)] as const;
  const bundle = encodeFunctionData({ abi: iMarketAbi, functionName: 'multicall', args: calls });
  const reads = [{ to: market, data: bundle }, ...rest].map(
    ({ to, data }) => ['eth_call', [{ to, data }, 'latest']] as const,
  );
  const [first = '0x', ...others] = await rpc.batch<Hex>(reads);
  const outputs = decodeFunctionResult({ abi: iMarketAbi, functionName: 'multicall', data: first });
  const answers = [...outputs, ...others];
  return [...own, ...rest].flatMap(({ name, decode, expected }, k) => {
    const chain = text(decode(answers[k] ?? '0x'));
    const model = text(expected(state, time));
    return chain === model ? [] : [{ name, chain, model }];
  });
}

function probe(
  name: string,
  to: Address,
  abi: Abi,
  functionName: string,
  args: readonly unknown[],
  expected: Probe['expected'],
): Probe {
  return {
    name,
    to,
    data: encodeFunctionData({ abi, functionName, args }),
    decode: (data) => decodeFunctionResult({ abi, functionName, data }),
    expected,
  };
}

function marketProbes({ market, config, actors }: OpenMarket): Probe[] {
  const ask = (functionName: string, args: readonly unknown[], expected: Probe['expected']) =>
    probe(`${functionName}(${args})`, market, iMarketAbi, functionName, args, expected);
  const owners = [...actors, FLASH_RECEIVER];
  return [
    ask('accrual', [], ({ accrual: { price, index, settledAt } }) => ({ price, index, settledAt })),
    ask('terms', [], ({ terms: { rate, reserve, rateSetAt, pausedUntil } }) => ({
      rate,
      reserve,
      rateSetAt,
      pausedUntil,
    })),
    ask('totals', [], (state) => totals(state)),
    ...Array.from({ length: config.stripes }, (_, j) =>
      ask('stripeAt', [BigInt(j)], ({ stripes }) => stripes[j]),
    ),
    ...owners.flatMap((owner) => [
      ask('balanceOf', [owner], (state) => sharesOf(state, owner)),
      ask('debtOf', [owner], (state, time) => debtOf(state, owner, time)),
      ask('positionOf', [owner], (state) => rawPosition(state, owner)),
    ]),
  ];
}

/** As the contract stores it: the first collateral apart, a bit for each that is held. */
function rawPosition(state: MarketState, owner: Address) {
  const { debt, collaterals } = positionOf(state, owner);
  const [first = 0n, ...others] = collaterals;
  const held = collaterals.reduce((bits, amount, i) => (amount === 0n ? bits : bits | (1 << i)), 0);
  return { debt, held, first, others: Array.from({ length: 7 }, (_, i) => others[i] ?? 0n) };
}

function lensProbes({ lens, market, tokens, actors }: OpenMarket): Probe[] {
  const owners = [...actors, FLASH_RECEIVER];
  return [
    ...tokens.map((token, k) =>
      probe(`tills of token ${k}`, lens, lensAbi, 'tillBalances', [market, token], ({ tills }) => tills[k]),
    ),
    ...owners.map((owner) =>
      probe(`position of ${owner}`, lens, lensAbi, 'position', [market, owner], (state, time) =>
        lensPosition(state, owner, time),
      ),
    ),
  ];
}

/** `liquidator` has enough of the asset for any of them. */
function previewProbes({ lens, market, config, actors }: OpenMarket): Probe[] {
  const [liquidator = FLASH_RECEIVER] = actors;
  return actors.flatMap((owner) =>
    config.collaterals.map((_, i) => ({
      name: `liquidation of ${owner} for collateral ${i}`,
      to: lens,
      data: encodeFunctionData({
        abi: lensAbi,
        functionName: 'previewLiquidation',
        args: [market, owner, BigInt(i)],
      }),
      decode: (data: Hex) =>
        summarise(decodeFunctionResult({ abi: lensAbi, functionName: 'previewLiquidation', data })),
      expected: (state: MarketState, time: bigint) => liquidated(state, owner, i, liquidator, time),
    })),
  );
}

function lensPosition(state: MarketState, owner: Address, time: bigint) {
  const { collaterals } = positionOf(state, owner);
  const debt = debtOf(state, owner, time);
  const holdings = state.config.collaterals.map((terms, i) => {
    const { bid, ask } = state.quotes[i] ?? { bid: 0n, ask: 0n };
    return { ...terms, bid, ask, amount: collaterals[i] ?? 0n };
  });
  const { value, capacity, limit, healthWad } = computeHealth({ debt, holdings });
  const shares = sharesOf(state, owner);
  return {
    shares,
    supplied: worthDown(shares, state.accrual.price),
    debt,
    value,
    capacity,
    limit,
    health: healthWad ?? maxUint256,
    collaterals: holdings.map(({ token, amount, bid, ask }) => ({
      token,
      amount,
      value: (amount * ask) / 10n ** 36n,
      bid,
      ask,
    })),
  };
}

function walletProbes({ tokens, actors, cover, market }: OpenMarket): Probe[] {
  const balances = tokens.flatMap((token, k) =>
    [...actors, FLASH_RECEIVER, cover].map((account) =>
      probe(
        `balance of ${account} in token ${k}`,
        token,
        mockTokenAbi,
        'balanceOf',
        [account],
        ({ wallets }) => wallets[k]?.get(account),
      ),
    ),
  );
  return [
    ...balances,
    ...tokens
      .slice(0, 1)
      .map((asset) =>
        probe(
          'allowance of the cover',
          asset,
          mockTokenAbi,
          'allowance',
          [cover, market],
          (state) => state.coverAllowance,
        ),
      ),
  ];
}
