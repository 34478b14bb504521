import type { RiskPlan } from '../src/risk-plan.ts';

const WORD = 2n ** 32n - 1n;

/** Philox4x32-10 as its paper writes it, in whole numbers of any size. */
export function philox(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const [first, second] = [c0 * 0xd2511f53n, c2 * 0xcd9e8d57n];
    [c0, c1, c2, c3] = [(second >> 32n) ^ c1 ^ k0, second & WORD, (first >> 32n) ^ c3 ^ k1, first & WORD];
    [k0, k1] = [(k0 + 0x9e3779b9n) & WORD, (k1 + 0xbb67ae85n) & WORD];
  }
  return [c0, c1, c2, c3];
}

/** The losses of the first paths of a plan, calculated another way than the job does. */
export function referenceLosses(plan: RiskPlan, paths: number): bigint[] {
  const rows: { growth: bigint[]; mayStart: boolean }[] = [];
  for (const stretch of plan.history.stretches) {
    for (let line = 1; line < stretch.length; line++) {
      const growth = (stretch[line] as number[]).map((price, asset) =>
        BigInt(Math.round((price / ((stretch[line - 1] as number[])[asset] as number)) * 2 ** 26)),
      );
      rows.push({ growth, mayStart: line - 1 + plan.block <= stretch.length - 1 });
    }
  }
  const starts = rows.flatMap(({ mayStart }, row) => (mayStart ? [row] : []));
  return Array.from({ length: paths }, (_, path) => {
    const factors = plan.history.assets.map(() => 2n ** 26n);
    for (let step = 0; step < plan.steps; step++) {
      const draw = Math.floor(step / plan.block);
      const counter = [BigInt(path), 0n, BigInt(draw >> 2), 0n];
      const chance = philox(counter, [plan.seed & WORD, plan.seed >> 32n])[draw & 3] as bigint;
      const start = starts[Number((chance * BigInt(starts.length)) >> 32n)] as number;
      const { growth } = rows[start + (step % plan.block)] as { growth: bigint[] };
      growth.forEach((factor, asset) => {
        factors[asset] = ((factors[asset] as bigint) * factor + 2n ** 25n) >> 26n;
      });
    }
    return plan.history.assets.reduce((loss, asset, index) => {
      const share = 2n ** 26n - (factors[index] as bigint);
      return loss + (((plan.positions[asset] ?? 0n) * share) >> 26n);
    }, 0n);
  });
}
