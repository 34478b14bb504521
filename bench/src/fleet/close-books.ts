import { increaseTime } from '@millrace/devnet';
import { computeDue, type WorkPrice } from '@millrace/protocol/compute';
import { readWireText, signedQuoteSchema } from '@millrace/protocol/wire';
import { getBalance } from '@millrace/sdk';
import { closeChannel, finaliseChannel, getChannel } from '@millrace/sdk/compute';
import type { RentState } from '@millrace/sdk/rent';
import { erc20Abi, type Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { ComputeWorld } from '../compute/node/compute-world.ts';
import type { FleetNode } from './start-fleet.ts';

/** One channel when all is over. Base units. */
type ChannelBooks = {
  readonly channel: Hex;
  readonly node: string;
  readonly deposit: bigint;
  /** What the renter has signed, by its own store. */
  readonly signed: bigint;
  /** What the receipts that the renter has checked come to. */
  readonly verified: bigint;
  /** The best voucher that the node acknowledged, seen on the wire. */
  readonly acknowledged: bigint;
  /** What the chain has paid the node. */
  readonly redeemed: bigint;
  readonly refunded: bigint;
  readonly isClosed: boolean;
};

export type Books = {
  readonly channels: readonly ChannelBooks[];
  /** By name: whether it holds. */
  readonly checks: Readonly<Record<string, boolean>>;
  readonly paid: bigint;
  readonly refunded: bigint;
  readonly balances: boolean;
};

const CHALLENGE_SECONDS = 3_601n;

/**
 * Ends every channel on chain and counts the money: the nodes redeem and collect what they hold, the payer closes, the challenge
 * window passes, the rest comes back.
 *
 * @param mostDue of one job at its limits: what a renter may have paid for work that ended without a receipt
 */
export async function closeBooks(
  world: ComputeWorld,
  fleet: readonly FleetNode[],
  state: RentState,
  { vouchers, mostDue }: { vouchers: ReadonlyMap<Hex, bigint>; mostDue: (price: WorkPrice) => bigint },
): Promise<Books> {
  const { compute, client, payer } = world;
  const { channels } = compute;
  for (const { process } of fleet) await process.redeemAndCollect();

  const all = [...state.channels.values()].map((facts) => ({
    facts,
    key: { ...facts, salt: BigInt(facts.salt) },
  }));
  for (const { key } of all) {
    const { state: stage } = await getChannel(client, { channels, key });
    if (stage === 'open') await closeChannel(payer, { channels, key });
  }
  await increaseTime(client, CHALLENGE_SECONDS);
  const books: ChannelBooks[] = [];
  let withinWork = true;
  for (const { facts, key } of all) {
    const before = await getChannel(client, { channels, key });
    if (before.state === 'unknown') continue;
    const isClosing = before.state === 'closing';
    const refunded = isClosing ? (await finaliseChannel(payer, { channels, key })).result : 0n;
    const after = await getChannel(client, { channels, key });
    const { price } = readWireText(signedQuoteSchema, facts.quote).body;
    const signed = BigInt(facts.voucher?.total ?? 0);
    const work = facts.voucher?.settled.work;
    const verified = work === undefined ? 0n : computeDue(toWork(work), price, 'up');
    // A node of the fleet has one slot: no more than one job may have been paid for while it ran.
    withinWork &&= signed <= verified + mostDue(price);
    const node = fleet.find(({ process }) => process.address === facts.payee)?.process.name ?? facts.payee;
    books.push({
      ...{ channel: facts.id, node, deposit: after.deposit, signed, verified, refunded },
      acknowledged: vouchers.get(facts.id) ?? 0n,
      redeemed: after.paid,
      isClosed: after.state === 'closed',
    });
  }

  const paid = books.reduce((sum, { redeemed }) => sum + redeemed, 0n);
  const refunded = books.reduce((sum, each) => sum + each.refunded, 0n);
  const token = compute.token.address;
  const balanceOf = (owner: Hex) => getBalance(client, { token, owner });
  const earned = await Promise.all(fleet.map(({ process }) => balanceOf(process.address)));
  const earnedInAll = earned.reduce((sum, each) => sum + each, 0n);
  const purse = await balanceOf(payer.account.address);
  const supply = await readContract(client, { address: token, abi: erc20Abi, functionName: 'totalSupply' });
  const checks = {
    'every channel is closed, and its deposit is what was redeemed and what came back': books.every(
      (it) => it.isClosed && it.deposit === it.redeemed + it.refunded,
    ),
    'no node was paid more than was signed': books.every((it) => it.redeemed <= it.signed),
    'every voucher that a node acknowledged was paid': books.every((it) => it.redeemed >= it.acknowledged),
    'nothing was signed beyond checked receipts and one running job': withinWork,
    'the payer is poorer by what was redeemed': purse === world.purse - paid,
    'the nodes are richer by what was redeemed': earnedInAll === paid,
    'payer and nodes together have all tokens there are': purse + earnedInAll === supply,
  };
  return { channels: books, checks, paid, refunded, balances: Object.values(checks).every(Boolean) };
}

function toWork(work: { fuel: string; microseconds: string; jobs: string }) {
  return { fuel: BigInt(work.fuel), microseconds: BigInt(work.microseconds), jobs: BigInt(work.jobs) };
}
