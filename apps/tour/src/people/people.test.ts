import { WAD } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { decideBorrower, NEW_BORROWER } from './decide-borrower.ts';
import { decideLender, NEW_LENDER } from './decide-lender.ts';
import { type Borrower, createPeople, type Lender } from './people.ts';
import type { BorrowerView, LenderView } from './view.ts';

const MILLION = 1_000_000_000_000n;
const BORROWER: Borrower = {
  address: '0x0000000000000000000000000000000000000001',
  market: 0,
  debt: MILLION,
  health: 2n * WAD,
  secondBps: 0n,
  temper: 'payer',
  alarm: (WAD * 12n) / 10n,
  delay: 2,
  chestBps: 5_000n,
};
const LENDER: Lender = {
  address: '0x0000000000000000000000000000000000000002',
  market: 0,
  weight: 1n,
  temper: 'nervous',
  fearBps: 1_000n,
  partBps: 5_000n,
};

function seen(healthWad: bigint | undefined, changes: Partial<BorrowerView> = {}): BorrowerView {
  const debt = healthWad === undefined ? 0n : MILLION;
  const limit = healthWad === undefined ? 0n : (debt * healthWad) / WAD;
  return {
    debt,
    liquid: 10n * MILLION,
    health: { value: 2n * limit, capacity: limit, limit, healthWad },
    fallBps: 0n,
    asks: [200n * 10n ** 24n],
    liquidationLtvBps: [8_000n],
    ...changes,
  };
}

const POOR: LenderView = {
  shares: 1n,
  worth: MILLION,
  liquid: 10n * MILLION,
  fallBps: 2_000n,
  supplyApr: WAD / 20n,
};

describe('createPeople', () => {
  it('makes the same hundred borrowers every time, their health from 1.02 to 3', () => {
    const { borrowers, lenders } = createPeople();
    expect(borrowers).toEqual(createPeople().borrowers);
    expect([borrowers.length, lenders.length]).toEqual([100, 36]);
    const healths = borrowers.map(({ health }) => Number(health) / 1e18);
    expect([Math.min(...healths), Math.max(...healths)]).toEqual([1.02, 3]);
    expect(new Set([...borrowers, ...lenders].map(({ address }) => address)).size).toBe(136);
  });
});

describe('decideBorrower', () => {
  it('does nothing while all is well', () => {
    expect(decideBorrower(BORROWER, NEW_BORROWER, seen(2n * WAD), 1).deed).toBeUndefined();
  });

  it('repays after some time of worry, within what it has', () => {
    const first = decideBorrower(BORROWER, NEW_BORROWER, seen(WAD + 1n), 10);
    expect(first.deed).toBeUndefined();
    const second = decideBorrower(BORROWER, first.memory, seen(WAD + 1n), 12);
    expect(second.deed).toMatchObject({ kind: 'repay' });
    expect(second.memory.spent).toBeLessThanOrEqual(MILLION / 2n);
    const broke = { ...second.memory, spent: MILLION / 2n, worriedSince: 0 };
    expect(decideBorrower(BORROWER, broke, seen(WAD + 1n), 20).deed).toBeUndefined();
  });

  it('adds as much collateral as lifts health above the alarm', () => {
    const topper = { ...BORROWER, temper: 'topper', delay: 0, chestBps: 50_000n } as const;
    const { deed } = decideBorrower(topper, NEW_BORROWER, seen(WAD), 1);
    const added = deed?.kind === 'pledge' ? (deed.amount * 200n * 8_000n) / (10n ** 12n * 10_000n) : 0n;
    expect(Number(added + MILLION) / 1e12).toBeCloseTo(1.45, 6);
  });

  it('does nothing at all when absent', () => {
    const absent = { ...BORROWER, temper: 'absent' } as const;
    expect(decideBorrower(absent, NEW_BORROWER, seen(WAD / 2n), 50)).toEqual({
      deed: undefined,
      memory: NEW_BORROWER,
    });
  });

  it('comes back in calm times only, with less', () => {
    const idle = decideBorrower(BORROWER, NEW_BORROWER, seen(undefined), 100).memory;
    expect(decideBorrower(BORROWER, idle, seen(undefined), 110).deed).toBeUndefined();
    expect(decideBorrower(BORROWER, idle, seen(undefined, { fallBps: 3_000n }), 300).deed).toBeUndefined();
    expect(decideBorrower(BORROWER, idle, seen(undefined), 300).deed).toMatchObject({
      kind: 'open',
      amount: MILLION / 2n,
    });
  });
});

describe('decideLender', () => {
  it('takes money out when prices fall, rests, and brings the same back when it is calm', () => {
    const left = decideLender(LENDER, NEW_LENDER, POOR, 10);
    expect(left.deed).toEqual({ kind: 'withdraw', amount: MILLION / 2n });
    expect(decideLender(LENDER, left.memory, POOR, 11).deed).toBeUndefined();
    const back = decideLender(LENDER, left.memory, { ...POOR, fallBps: 0n }, 120);
    expect(back.deed).toEqual({ kind: 'supply', amount: MILLION / 2n });
  });

  it('asks for no more than half of what the tills hold', () => {
    const dry = { ...POOR, liquid: 4_000_000_000n };
    expect(decideLender(LENDER, NEW_LENDER, dry, 10).deed).toEqual({
      kind: 'withdraw',
      amount: 2_000_000_000n,
    });
  });

  it('stays when calm', () => {
    expect(decideLender({ ...LENDER, temper: 'calm' }, NEW_LENDER, POOR, 10).deed).toBeUndefined();
  });
});
