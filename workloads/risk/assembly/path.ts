import { draw } from "./philox";
import { Plan } from "./plan";

/** What a price has grown by, 2^26 is one: the grain is 1.5e-8 a step. */
const ONE: i64 = 1 << 26;

/** A factor must stay below 512, or a product would not fit in 64 bits. */
const MOST: u64 = 1 << 35;

/**
 * What the portfolio loses on one path: blocks of consecutive rows of the history, drawn with replacement. All assets move
 * as they did in the same row, so what moved together does so here. `factors` is room for one number for each asset.
 */
export function lossOfPath(plan: Plan, path: u64, factors: StaticArray<u64>): i64 {
  const assets = <i32>plan.assets;
  for (let asset = 0; asset < assets; asset++) unchecked((factors[asset] = ONE));
  let step: u32 = 0;
  for (let block: u32 = 0; step < plan.steps; block++) {
    const chance = draw(plan.key, path, block >> 2, block & 3);
    const start = load<u32>(plan.startList + <usize>((<u64>chance * <u64>plan.starts) >> 32) * 4);
    const end = min(plan.block, plan.steps - step);
    let row = plan.growth + <usize>start * <usize>assets * 4;
    for (let index: u32 = 0; index < end; index++) {
      for (let asset = 0; asset < assets; asset++) {
        const factor = (unchecked(factors[asset]) * <u64>load<u32>(row) + (1 << 25)) >> 26;
        assert(factor < MOST, "a price grew 512-fold");
        unchecked((factors[asset] = factor));
        row += 4;
      }
    }
    step += end;
  }
  let loss: i64 = 0;
  for (let asset = 0; asset < assets; asset++) {
    loss += lossOf(load<i64>(plan.positions + (<usize>asset << 3)), ONE - <i64>unchecked(factors[asset]));
  }
  return loss;
}

/** `position × share / 2^26`, rounded down, without the 82 bits of the product. */
function lossOf(position: i64, share: i64): i64 {
  const high = (position >> 24) * share;
  const low = (position & 0xffffff) * share;
  return (high + (low >> 24)) >> 2;
}
