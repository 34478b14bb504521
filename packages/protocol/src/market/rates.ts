import { least } from '../units/extremes.ts';
import { WAD } from '../units/fixed-point.ts';
import { SECONDS_PER_YEAR } from '../units/rate.ts';
import { expWad } from './exp-wad.ts';

/** Two straight lines that meet at the kink (`KinkRate`). All wad; `base` and slopes per year. */
export type KinkRate = {
  readonly kind: 'kink';
  readonly base: bigint;
  readonly slope1: bigint;
  readonly kink: bigint;
  readonly slope2: bigint;
};

/** A curve whose level moves until utilisation is near 90 % (`AdaptiveRate`). All wad per year. */
export type AdaptiveRate = {
  readonly kind: 'adaptive';
  readonly initialLevel: bigint;
  readonly minLevel: bigint;
  readonly maxLevel: bigint;
  readonly speed: bigint;
};

/** A model that fails whenever it is called: the market keeps its rate. */
export type BrokenRate = { readonly kind: 'broken' };

export type RateModel = KinkRate | AdaptiveRate | BrokenRate;

/** What a rate model says, and the level it keeps for the market that asked (0 before the first call). */
export type RateAnswer = { readonly rate: bigint; readonly level: bigint };

const TARGET = 9n * 10n ** 17n;
const STEEPNESS = 4n;
const MAX_ELAPSED_SECONDS = 86_400n;

/**
 * The rate a model asks for (wad per second, rounded down), before the market limits its step.
 *
 * @param level what {@link AdaptiveRate} kept for this market; 0 when it was never asked
 * @param used utilisation, wad; above one counts as one
 * @param elapsedSeconds since the model was asked last
 * @returns `undefined` when the model fails.
 */
export function nextRate(
  model: RateModel,
  level: bigint,
  used: bigint,
  elapsedSeconds: bigint,
): RateAnswer | undefined {
  if (model.kind === 'broken') return undefined;
  const u = least(used, WAD);
  if (model.kind === 'kink') return { rate: kinkRate(model, u), level };
  const e = error(u);
  const elapsed = least(elapsedSeconds, MAX_ELAPSED_SECONDS);
  const moved = movedLevel(model, level === 0n ? model.initialLevel : level, e, elapsed);
  return { rate: curve(moved, e) / SECONDS_PER_YEAR, level: moved };
}

function kinkRate({ base, slope1, kink, slope2 }: KinkRate, u: bigint): bigint {
  if (u <= kink) return (base + (slope1 * u) / kink) / SECONDS_PER_YEAR;
  return (base + slope1 + (slope2 * (u - kink)) / (WAD - kink)) / SECONDS_PER_YEAR;
}

/** From -1 to 1 (wad), rounded towards zero as Solidity does. */
function error(u: bigint): bigint {
  return ((u - TARGET) * WAD) / (u > TARGET ? WAD - TARGET : TARGET);
}

function movedLevel(model: AdaptiveRate, level: bigint, e: bigint, elapsed: bigint): bigint {
  const exponent = ((model.speed / SECONDS_PER_YEAR) * elapsed * e) / WAD;
  const moved = (level * expWad(exponent)) / WAD;
  return moved < model.minLevel ? model.minLevel : least(moved, model.maxLevel);
}

function curve(level: bigint, e: bigint): bigint {
  const slope = e < 0n ? WAD - WAD / STEEPNESS : (STEEPNESS - 1n) * WAD;
  return (level * (WAD + (slope * e) / WAD)) / WAD;
}
