import type { Address, Hex } from 'viem';
import { encodeRoute } from '../route/route.ts';
import { stripeOf } from '../route/stripe-of.ts';
import { chooseTills } from './choose-tills.ts';
import { type Assignment, isOutgoing, type PlannedOperation, WEIGHTS } from './operation.ts';
import { readPending } from './read-pending.ts';
import { TillLedger } from './till-ledger.ts';

export type CreateStripePlannerParameters = {
  /** L of the market. */
  stripes: number;
  /** What each till holds of the loan asset (`getTills`). Default: unknown, then what leaves stays on the owner's stripe. */
  tills?: readonly bigint[] | undefined;
};

/** Spreads operations in flight over the stripes of one market. Keep one per market; it makes no requests. */
export type StripePlanner = {
  /** Chooses tills for an operation that is about to be sent, and counts it as in flight. */
  assign: (operation: PlannedOperation) => Assignment;
  /** Counts somebody else's pending transaction as in flight, by its calldata. Empty when it is no operation of a market. */
  observe: (data: Hex, sender?: Address) => Assignment[];
  /** Forgets an operation that was mined or dropped. */
  release: (assignment: Assignment) => void;
  /** What the tills hold now: of the loan asset, or of a collateral. */
  setTills: (balances: readonly bigint[], collateral?: number) => void;
  /** Work in flight by stripe, thousands of gas: of the loan asset, or of a collateral. */
  workByStripe: (collateral?: number) => number[];
};

/**
 * A planner that an app, a gateway or a batch sender keeps: two strangers then wait for each other only when more
 * operations are in flight than there are stripes.
 *
 * Operations that move the loan asset meet in the balance of a till, those that move a collateral in the balance of that
 * token: each token is planned by itself. Money leaves tills that hold enough; what is promised to operations in flight
 * is not promised again. Call `setTills` after each block, then `release` what it mined.
 *
 * @example
 * ```ts
 * const planner = createStripePlanner({ stripes: 64, tills: await getTills(client, { market, lens, token: asset }) })
 * const { route } = planner.assign({ kind: 'borrow', owner, amount: assets })
 * const call = buildBorrow({ market, assets, owner, route })
 * ```
 */
export function createStripePlanner({ stripes, tills }: CreateStripePlannerParameters): StripePlanner {
  const asset = new TillLedger(stripes, tills);
  const collaterals = new Map<number, TillLedger>();
  const ledgerOf = (collateral: number | undefined): TillLedger => {
    if (collateral === undefined) return asset;
    const ledger = collaterals.get(collateral) ?? new TillLedger(stripes);
    collaterals.set(collateral, ledger);
    return ledger;
  };
  const count = (assignment: Assignment, sign: 1 | -1): Assignment => {
    const { operation, tills: chosen, promised } = assignment;
    const ledger = ledgerOf(operation.collateral);
    for (const [k, till] of chosen.entries()) {
      ledger.add(till, sign * WEIGHTS[operation.kind], BigInt(sign) * (promised[k] ?? 0n));
    }
    return assignment;
  };
  const locate = (operation: PlannedOperation, chosen: readonly number[]): Assignment => {
    const own = stripeOf(operation.owner, stripes);
    const list = chosen.length === 0 ? [own] : chosen;
    const promised = promise(ledgerOf(operation.collateral), operation, list);
    return { operation, stripe: list[0] ?? own, tills: list, promised, route: encodeRoute({ tills: list }) };
  };
  return {
    assign: (operation) => {
      const chosen = chooseTills(ledgerOf(operation.collateral), operation);
      return count(locate(operation, chosen), 1);
    },
    observe: (data, sender) =>
      readPending(data, sender).map(({ operation, tills: named }) => count(locate(operation, named), 1)),
    release: (assignment) => void count(assignment, -1),
    setTills: (balances, collateral) => ledgerOf(collateral).setBalances(balances),
    workByStripe: (collateral) =>
      Array.from({ length: stripes }, (_, till) => ledgerOf(collateral).workOn(till)),
  };
}

/** What leaves each till: all that is free in their order, and the rest from the last. */
function promise(ledger: TillLedger, operation: PlannedOperation, tills: readonly number[]): bigint[] {
  let left = isOutgoing(operation) ? operation.amount : 0n;
  return tills.map((till, k) => {
    const isLast = k === tills.length - 1;
    const part = isLast || left < ledger.free(till) ? left : ledger.free(till);
    left -= part;
    return part;
  });
}
