import fc from 'fast-check';
import { type Address, keccak256, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { buildBorrow } from '../borrow/build-borrow.ts';
import { buildSupplyCollateral } from '../borrow/build-supply-collateral.ts';
import { buildWithdraw } from '../lend/build-withdraw.ts';
import { decodeRoute } from '../route/route.ts';
import { stripeOf } from '../route/stripe-of.ts';
import { buildCheckpoint } from '../upkeep/build-checkpoint.ts';
import { buildMulticall } from '../upkeep/build-multicall.ts';
import { isOutgoing, type PlannedOperation, WEIGHTS } from './operation.ts';
import { planStripes } from './plan-stripes.ts';
import { createStripePlanner } from './stripe-planner.ts';

const L = 64;
const market: Address = '0x00000000000000000000000000000000000000aa';
const KINDS = ['supply', 'borrow', 'repay', 'withdraw'] as const;

function user(i: number): Address {
  return `0x${keccak256(toHex(`user ${i}`)).slice(26)}`;
}

/** 50 of each kind, by 200 users, in the order of their hashes. */
const block: PlannedOperation[] = Array.from({ length: 200 }, (_, i) => ({
  kind: KINDS[i % 4] ?? 'supply',
  owner: user(i),
  amount: 300n,
})).sort((a, b) => (a.owner < b.owner ? -1 : 1)) as PlannedOperation[];

/** All work over that of the busiest till: how much faster the block runs when tills run side by side. */
function speedUp(operations: readonly PlannedOperation[], stripesOf: readonly (readonly number[])[]): number {
  const work = Array.from({ length: L }, () => 0);
  for (const [i, { kind }] of operations.entries()) {
    for (const till of stripesOf[i] ?? []) work[till] = (work[till] ?? 0) + WEIGHTS[kind];
  }
  const total = operations.reduce((sum, { kind }) => sum + WEIGHTS[kind], 0);
  return total / Math.max(...work);
}

describe('a block of 200 strangers', () => {
  const full = Array.from({ length: L }, () => 10_000n);
  const hashed = block.map(({ owner }) => [stripeOf(owner, L)]);

  it('runs at least 40 times as fast when planned together, and one by one', () => {
    expect(speedUp(block, hashed)).toBeGreaterThan(15);
    expect(speedUp(block, hashed)).toBeLessThan(40);
    const together = planStripes({ stripes: L, tills: full, operations: block });
    expect(
      speedUp(
        block,
        together.map(({ tills }) => tills),
      ),
    ).toBeGreaterThan(45);
    const planner = createStripePlanner({ stripes: L, tills: full });
    const oneByOne = block.map((operation) => planner.assign(operation).tills);
    expect(speedUp(block, oneByOne)).toBeGreaterThan(40);
  });

  it('takes money from where it is, and still spreads the rest', () => {
    const half = Array.from({ length: L }, (_, till) => (till % 2 === 0 ? 10_000n : 0n));
    const planned = planStripes({ stripes: L, tills: half, operations: block });
    for (const { operation, tills } of planned) {
      if (isOutgoing(operation)) expect(tills.every((till) => till % 2 === 0)).toBe(true);
    }
    expect(
      speedUp(
        block,
        planned.map(({ tills }) => tills),
      ),
    ).toBeGreaterThan(40);
  });
});

const operation = fc.record({
  kind: fc.constantFrom(...KINDS),
  owner: fc.nat(50).map(user),
  amount: fc.bigInt({ min: 1n, max: 2_000n }),
});

describe('createStripePlanner', () => {
  it('never promises more than the tills hold, while they hold enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 8, maxLength: 8 }),
        fc.array(operation, { maxLength: 40 }),
        (tills, operations) => {
          const planner = createStripePlanner({ stripes: 8, tills });
          const taken = tills.map(() => 0n);
          for (const each of operations) {
            const { promised, tills: chosen } = planner.assign(each);
            const short = promised.reduce((sum, part) => sum + part, 0n) > freeOf(tills, taken, chosen);
            for (const [k, till] of chosen.entries()) taken[till] = (taken[till] ?? 0n) + (promised[k] ?? 0n);
            // Short only when all tills together are: then the market says so.
            const all = tills.reduce((sum, balance) => sum + balance, 0n);
            if (short) expect(taken.reduce((sum, part) => sum + part, 0n)).toBeGreaterThan(all);
            if (short) return;
          }
          for (const [till, amount] of taken.entries()) expect(amount <= (tills[till] ?? 0n)).toBe(true);
        },
      ),
    );
  });

  it('forgets what is released, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), fc.nat(), (operations, seed) => {
        const tills = Array.from({ length: 8 }, (_, i) => BigInt(i) * 500n);
        const planner = createStripePlanner({ stripes: 8, tills });
        const first = planner.assign({ kind: 'supply', owner: user(1), amount: 1n });
        const assigned = operations.map(planner.assign);
        for (const each of assigned.sort((a, b) => ((a.stripe * seed) % 7) - ((b.stripe * seed) % 7)))
          planner.release(each);
        const work = planner.workByStripe();
        expect(work[first.stripe]).toBe(WEIGHTS.supply);
        expect(work.reduce((sum, each) => sum + each, 0)).toBe(WEIGHTS.supply);
      }),
    );
  });

  it('stays on the owner’s stripe while nothing speaks against it', () => {
    const planner = createStripePlanner({ stripes: L });
    const own = stripeOf(user(7), L);
    expect(planner.assign({ kind: 'repay', owner: user(7), amount: 1n }).stripe).toBe(own);
    expect(planner.assign({ kind: 'repay', owner: user(7), amount: 1n }).stripe).not.toBe(own);
  });

  it('counts strangers’ pending transactions, by their route or their owner', () => {
    const planner = createStripePlanner({ stripes: L });
    const own = stripeOf(user(1), L);
    const plain = buildWithdraw({ market, assets: 5n, owner: user(1) });
    const [seen] = planner.observe(plain.data);
    expect(seen).toMatchObject({ stripe: own, operation: { kind: 'withdraw', amount: 5n } });
    const routed = buildBorrow({ market, assets: 5n, owner: user(1), route: 0x0907_02_00n });
    expect(planner.observe(routed.data)[0]).toMatchObject({ tills: [7, 9] });
    const pledged = buildSupplyCollateral({ market, index: 3, amount: 8n, owner: user(2) });
    const both = planner.observe(buildMulticall({ market, calls: [plain, pledged] }).data);
    expect(both.map((each) => each.operation)).toMatchObject([
      { kind: 'withdraw', owner: plain && seen?.operation.owner },
      { kind: 'supplyCollateral', collateral: 3, amount: 8n },
    ]);
    expect(planner.workByStripe()[own]).toBe(2 * WEIGHTS.withdraw);
    expect(planner.workByStripe()[7]).toBe(WEIGHTS.borrow);
    expect(planner.workByStripe(3)[stripeOf(user(2), L)]).toBe(WEIGHTS.supplyCollateral);
    const lean = buildSupplyCollateral({ market, index: 1, amount: 4n }).data;
    expect(planner.observe(lean)).toEqual([]);
    expect(planner.observe(lean, user(2))[0]?.stripe).toBe(stripeOf(user(2), L));
    expect(planner.observe(buildCheckpoint({ market }).data)).toEqual([]);
    expect(planner.observe('0x1234')).toEqual([]);
  });

  it('gathers what no till holds alone from as few as will do', () => {
    const planner = createStripePlanner({ stripes: 4, tills: [100n, 400n, 0n, 250n] });
    const { tills, promised, route } = planner.assign({ kind: 'borrow', owner: user(1), amount: 600n });
    expect(tills).toEqual([1, 3]);
    expect(promised).toEqual([400n, 200n]);
    expect(decodeRoute(route)).toEqual({ tills: [1, 3], ownerPays: false });
    planner.setTills([100n, 1_000n, 0n, 250n]);
    expect(planner.assign({ kind: 'withdraw', owner: user(2), amount: 500n }).tills).toEqual([1]);
  });

  it('spreads a deposit that passes the limit of a till', () => {
    const planner = createStripePlanner({ stripes: 4 });
    planner.setTills([0n, 90n, 10n, 0n], 0);
    const deposit = { kind: 'supplyCollateral', owner: user(1), collateral: 0, mostPerTill: 100n } as const;
    expect(planner.assign({ ...deposit, amount: 80n }).tills).toHaveLength(1);
    expect(planner.assign({ ...deposit, amount: 150n }).tills.toSorted()).toEqual([0, 3]);
    expect(planner.assign({ ...deposit, amount: 250n }).tills.toSorted()).toEqual([0, 2, 3]);
  });
});

function freeOf(tills: readonly bigint[], taken: readonly bigint[], chosen: readonly number[]): bigint {
  return chosen.reduce((sum, till) => {
    const free = (tills[till] ?? 0n) - (taken[till] ?? 0n);
    return sum + (free > 0n ? free : 0n);
  }, 0n);
}
