import { divide, mulDivDown, type Rounding, WAD } from '../../units/fixed-point.ts';
import { ComputeError } from '../compute-error.ts';

/** What a node asks for. Fixed point with 18 decimals, as a unit of fuel costs far less than a base unit of money. */
export type WorkPrice = {
  /** Base units of the token for each unit of fuel, times 10^18. */
  readonly perFuelWad: bigint;
  /** Base units for each second of running time, times 10^18. */
  readonly perSecondWad: bigint;
  /** Base units for each job. */
  readonly perJob: bigint;
};

/** What was done since a channel began. */
export type Work = {
  readonly fuel: bigint;
  /** Millionths of a second. */
  readonly microseconds: bigint;
  readonly jobs: bigint;
};

/** Nothing done yet. */
export const NO_WORK: Work = { fuel: 0n, microseconds: 0n, jobs: 0n };

const MICRO = 1_000_000n;

/**
 * What work costs, base units. Price the whole of a channel’s work, never its parts: then it is rounded once. Who asks
 * rounds against himself: a payer `up`, a node `down`; so a payer who pays what he counts always pays what the node counts.
 *
 * @throws {@link ComputeError} `PRICE_INVALID` when anything is negative.
 *
 * @example
 * ```ts
 * computeDue({ fuel: 1_000_000_000n, microseconds: 0n, jobs: 1n }, price, 'up')
 * ```
 */
export function computeDue(work: Work, price: WorkPrice, rounding: Rounding): bigint {
  requireNatural({ ...work, ...price });
  const wads = work.fuel * price.perFuelWad * MICRO + work.microseconds * price.perSecondWad;
  return work.jobs * price.perJob + divide(wads, WAD * MICRO, rounding);
}

/** Adds work up. */
export function addWork(a: Work, b: Work): Work {
  return {
    fuel: a.fuel + b.fuel,
    microseconds: a.microseconds + b.microseconds,
    jobs: a.jobs + b.jobs,
  };
}

/**
 * The fuel that an amount of money pays for, rounded down: running it costs at most the amount. `undefined` when fuel is
 * free.
 *
 * @throws {@link ComputeError} `PRICE_INVALID` when anything is negative.
 */
export function computeFuelFor(amount: bigint, { perFuelWad }: WorkPrice): bigint | undefined {
  requireNatural({ amount, perFuelWad });
  return perFuelWad === 0n ? undefined : mulDivDown(amount, WAD, perFuelWad);
}

/**
 * A price of fuel from what a person says: money for an hour of work at a speed, rounded up.
 *
 * @param hourly base units for an hour
 * @param fuelPerSecond what the machine was measured at
 * @throws {@link ComputeError} `PRICE_INVALID` when the price is negative, or the speed is not positive.
 */
export function perFuelWadOf(hourly: bigint, fuelPerSecond: bigint): bigint {
  requireNatural({ hourly, speed: fuelPerSecond - 1n });
  return divide(hourly * WAD, fuelPerSecond * 3_600n, 'up');
}

function requireNatural(amounts: Readonly<Record<string, bigint>>): void {
  const bad = Object.entries(amounts).find(([, amount]) => amount < 0n);
  if (bad === undefined) return;
  throw new ComputeError('PRICE_INVALID', `${bad[0]} is out of range.`, { [bad[0]]: bad[1] });
}
