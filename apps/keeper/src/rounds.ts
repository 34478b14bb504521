import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import type { Address } from 'viem';
import type { Raise } from './alerts/raise.ts';
import { getHead, type HeadStep } from './chain/head.ts';
import type { KeeperConfig } from './config/schema.ts';
import type { Desk, Round } from './desk.ts';
import type { Budget } from './duties/liquidations.ts';
import { keepPrice } from './duties/price-pushes.ts';
import { describeError } from './errors.ts';
import type { KeptMarket } from './kept-market.ts';
import { runMarket } from './market-round.ts';
import { reservedOf } from './plan/permission.ts';
import { getFees } from './send/fees.ts';
import type { Resolve } from './send/resolver.ts';

export type RoundsParts = {
  desk: Desk;
  raise: Raise;
  config: KeeperConfig;
  markets: readonly KeptMarket[];
  resolve: Resolve;
  feeCap: bigint;
};

/** On a chain that stands still, duties are looked at again after this long: time alone may make one due. */
const LOOK_AGAIN_MILLISECONDS = 30_000;

/**
 * One round: the newest block, what became of open intents, then prices and all markets side by side.
 *
 * @returns a function that says whether everything got through
 */
export function createRounds(parts: RoundsParts): () => Promise<boolean> {
  const { desk, config, markets } = parts;
  let last: { head: HeadStep; good: boolean; at: number } | undefined;

  return async () => {
    const { journal, metrics } = desk;
    const head = await getHead(desk.client, last?.head);
    const fees = await getFees(desk.client, head.baseFee, parts.feeCap);
    const round: Round = { head, fees };
    metrics.block.set(Number(head.number));
    await parts.resolve(head, fees);
    metrics.openIntents.set(journal.state.intents.size);

    const pricesGood = await keepPrices(parts, round);
    const age = last?.good === true && last.head.hash === head.hash ? Date.now() - last.at : undefined;
    if (age !== undefined && age < LOOK_AGAIN_MILLISECONDS) return pricesGood;
    const budgetOf = createBudgets(desk, head);
    const results = await Promise.all([
      noteBalance(desk, head),
      ...markets.map((market) =>
        runMarket({ desk, raise: parts.raise, config, round, budgetOf }, market).then(
          (good) => settle(desk, market.name, good),
          (error: unknown) => fail(desk, market.name, error),
        ),
      ),
    ]);
    last = { head, good: results.every(Boolean), at: Date.now() };
    return last.good && pricesGood;
  };
}

async function keepPrices({ desk, config }: RoundsParts, round: Round): Promise<boolean> {
  const results = await Promise.all(
    config.prices.map((settings) =>
      keepPrice(desk, settings, round).then(
        () => settle(desk, `price ${settings.name}`, true),
        (error: unknown) => fail(desk, `price ${settings.name}`, error),
      ),
    ),
  );
  return results.every(Boolean);
}

function settle({ complaints }: Desk, about: string, good: boolean): boolean {
  complaints.settle(about);
  return good;
}

function fail({ complaints }: Desk, about: string, error: unknown): false {
  complaints.raise(about, describeError(error));
  return false;
}

/** Each token is read once in a round; what open intents may still take is set aside. */
function createBudgets(desk: Desk, head: HeadStep): (token: Address) => Promise<Budget> {
  const budgets = new Map<Address, Promise<Budget>>();
  const read = async (token: Address): Promise<Budget> => {
    const balance = await desk.client.readContract({
      address: token,
      abi: iMarketAbi,
      functionName: 'balanceOf',
      args: [desk.account],
      blockNumber: head.number,
    });
    desk.metrics.balance.set({ token }, Number(balance));
    return { left: balance - reservedOf(desk.journal.state, token) };
  };
  return (token) => {
    const known = budgets.get(token) ?? read(token);
    budgets.set(token, known);
    return known;
  };
}

async function noteBalance(desk: Desk, head: HeadStep): Promise<boolean> {
  const wei = await desk.client.getBalance({ address: desk.account, blockNumber: head.number });
  desk.metrics.balance.set({ token: 'native' }, Number(wei));
  return true;
}
