import { type Address, getAddress, keccak256, slice, stringToHex } from 'viem';
import { createRandom, type Random } from './random.ts';

/** How a borrower answers to falling health: not at all, by repaying, by adding collateral; or borrows more in calm times. */
type BorrowerTemper = 'absent' | 'payer' | 'topper' | 'bold';

/** How a lender answers: not at all, by leaving when prices fall, by following the rate. */
type LenderTemper = 'calm' | 'nervous' | 'seeker';

/** Somebody with a position. Amounts are base units of the loan asset (6 decimals), health is wad, steps half-hours. */
export type Borrower = {
  address: Address;
  market: number;
  debt: bigint;
  /** Health at the first price of the replay. */
  health: bigint;
  /** Share of the collateral's value in the market's second collateral, if it has one. */
  secondBps: bigint;
  temper: BorrowerTemper;
  /** Health below which they worry. */
  alarm: bigint;
  /** Steps from worry to deed. */
  delay: number;
  /** What they can put up before it is over, as a share of the debt. */
  chestBps: bigint;
};

/** Somebody who lends. */
export type Lender = {
  address: Address;
  market: number;
  /** Share of the market's supply, parts of the sum of all weights. */
  weight: bigint;
  temper: LenderTemper;
  /** Fall of the price over a day that frightens a nervous one. */
  fearBps: bigint;
  /** Part of the money that moves when this lender moves. */
  partBps: bigint;
};

export type People = { borrowers: Borrower[]; lenders: Lender[] };

const SEED = 2020_0312;
const BORROWERS_OF_MARKET = [70, 30];
const LENDERS_OF_MARKET = [24, 12];
const USD = 1_000_000n;
const LEAST_HEALTH = 1_020_000_000_000_000_000n;
const HEALTH_SPAN = 1_980_000_000_000_000_000n;
const SQUARE = 1_000_000n;
/** From 10,000 to 2 million dollars: many small debts, a few large ones. */
const SIZES: readonly [bigint, bigint][] = [
  [10_000n, 50_000n],
  [50_000n, 150_000n],
  [150_000n, 600_000n],
  [600_000n, 2_000_000n],
];

/**
 * The hundred borrowers and three dozen lenders of the scene, always the same. Health at the start runs from 1.02 to 3,
 * the nearer to danger the denser, as in markets that are in use.
 */
export function createPeople(): People {
  const random = createRandom(SEED);
  const borrowers = BORROWERS_OF_MARKET.flatMap((count, market) =>
    Array.from({ length: count }, (_, k) => createBorrower(random, market, k, count)),
  );
  const lenders = LENDERS_OF_MARKET.flatMap((count, market) =>
    Array.from({ length: count }, (_, k) => createLender(random, market, k)),
  );
  return { borrowers, lenders };
}

/** An address that nobody has the key of, the same for the same name. */
function addressOf(name: string): Address {
  return getAddress(slice(keccak256(stringToHex(`millrace tour: ${name}`)), 12));
}

function createBorrower(random: Random, market: number, k: number, count: number): Borrower {
  const rank = (BigInt(k) * SQUARE) / BigInt(count - 1);
  const [least, most] = random.pick([...SIZES] as [[bigint, bigint], ...[bigint, bigint][]]);
  return {
    address: addressOf(`borrower ${k} of market ${market}`),
    market,
    debt: random.between(least, most) * USD,
    health: LEAST_HEALTH + (HEALTH_SPAN * rank * rank) / (SQUARE * SQUARE),
    secondBps: market === 0 ? 0n : random.between(0n, 4_000n),
    temper: random.pick(['absent', 'absent', 'absent', 'payer', 'payer', 'topper', 'topper', 'bold']),
    alarm: random.between(1_060n, 1_350n) * 10n ** 15n,
    delay: random.below(10),
    chestBps: random.between(500n, 5_000n),
  };
}

function createLender(random: Random, market: number, k: number): Lender {
  return {
    address: addressOf(`lender ${k} of market ${market}`),
    market,
    weight: random.between(1n, 20n),
    temper: random.pick(['calm', 'calm', 'nervous', 'nervous', 'seeker']),
    fearBps: random.between(800n, 3_000n),
    partBps: random.between(3_000n, 10_000n),
  };
}
