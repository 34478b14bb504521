import type { PricePoint } from '@millrace/devnet/prices';
import type { Address, Hex } from 'viem';
import type { Block } from '../chain/tour-chain.ts';
import type { Violation } from '../invariants/check.ts';
import { checkBlock } from '../invariants/check-block.ts';
import type { Keeper, KeeperPass } from '../keeper/keeper.ts';
import { type Act, createCrowd, fallOf } from '../people/crowd.ts';
import { toCalls } from '../scene/deed-calls.ts';
import { followsSlowly, publishPrices, type SlowFeed } from '../scene/publish-prices.ts';
import type { Scene } from '../scene/scene.ts';
import { eventsOf, type MarketEvent, ownersIn } from '../watch/market-events.ts';
import { createSnapshotReader } from '../watch/read-snapshot.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { addToTally, NO_TALLY, type Tally } from './tally.ts';

/** What is known after a block. */
export type Moment = {
  /** Prices published so far. */
  step: number;
  /** Blocks of the replay so far. */
  blocks: number;
  /** Ether in dollars, 8 decimals. */
  price: bigint;
  snapshot: Snapshot;
  /** What each market said in this block. */
  events: readonly (readonly MarketEvent[])[];
  /** What people did in this block. */
  acts: readonly Act[];
  /** What the keeper said before this block; in the block of a price, nothing. */
  keeper: KeeperPass | undefined;
  /** Transactions of this block that failed. */
  refused: number;
  tally: Tally;
  violations: readonly Violation[];
};

/** Seconds from a price to the block that holds the keeper's answer to it. */
const ANSWER_SECONDS = 12n;
const DAY_STEPS = 48;

/**
 * Lives through a path of prices. Each price makes two blocks: one in which it is published and people act, and one,
 * twelve seconds later, with what the keeper answers to it. After every block everything is read and checked.
 */
export async function* runReplay(
  scene: Scene,
  path: Iterable<PricePoint>,
  keeper: Keeper,
): AsyncGenerator<Moment, void, void> {
  const crowd = createCrowd(scene.people, scene.markets);
  const observer = await createObserver(scene);
  const prices: bigint[] = [];
  let slow: SlowFeed;
  let k = 0;
  for (const { unix, price } of path) {
    const acts = crowd.act(observer.latest(), fallOf(prices.slice(-DAY_STEPS)), k);
    prices.push(price);
    await scene.chain.send(publishPrices(scene.markets, price, slow));
    if (followsSlowly(slow, price)) slow = price;
    await scene.chain.send(acts.flatMap((act) => toCalls(scene, act)));
    k += 1;
    const facts = { step: k, price };
    yield { ...facts, acts, keeper: undefined, ...(await observer.observe(await scene.chain.mine(unix))) };
    const pass = await keeper.pass();
    const answer = await scene.chain.mine(unix + ANSWER_SECONDS);
    yield { ...facts, acts: [], keeper: pass, ...(await observer.observe(answer)) };
  }
}

/** Reads and checks block after block. */
async function createObserver(scene: Scene) {
  const { markets, people, keeper, chain } = scene;
  const owners = markets.map(
    (_, k) =>
      new Set<Address>([
        keeper,
        ...[...people.borrowers, ...people.lenders]
          .filter(({ market }) => market === k)
          .map((each) => each.address),
      ]),
  );
  const head = await chain.rpc.request('eth_getBlockByNumber', ['latest', false]);
  const { number, timestamp } = head as { number: Hex; timestamp: Hex };
  const first = { number: Number(number), time: BigInt(timestamp) };
  const read = createSnapshotReader(scene);
  let latest = await read(first, owners);
  let tally = NO_TALLY;
  let blocks = 0;
  const observe = async (block: Block) => {
    const events = eventsOf(block, markets);
    for (const [k, list] of events.entries()) {
      for (const owner of list.flatMap(ownersIn)) owners[k]?.add(owner);
    }
    const snapshot = await read(block, owners);
    const violations = checkBlock(markets, latest, snapshot, events);
    const refused = block.receipts.filter(({ status }) => status !== '0x1').length;
    [latest, tally, blocks] = [snapshot, addToTally(tally, events.flat()), blocks + 1];
    return { snapshot, events, violations, refused, tally, blocks };
  };
  return { observe, latest: () => latest };
}
