import { readFile } from 'node:fs/promises';
import { type RiskPlan, tailOf, writePlan } from './risk-plan.ts';
import type { RiskPiece } from './split-risk.ts';

/** What a job's specification and its inputs are made of. */
export type RiskJob = {
  readonly runtime: 'wasm';
  readonly profile: 'integer';
  readonly module: Uint8Array;
  /** The plan, the same for all pieces, and the piece: the sandbox sees them joined in this order. */
  readonly inputs: readonly [Uint8Array, Uint8Array];
  readonly limits: { readonly fuel: bigint; readonly memoryPages: number; readonly outputBytes: number };
};

/**
 * A job that runs some paths of a plan.
 *
 * @throws RiskError `RISK_PLAN_INVALID`
 *
 * @example
 * ```ts
 * const shares = splitRisk(plan.paths, 3).map(async (piece) => {
 *   const job = await riskJob(plan, piece)
 *   const { output } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) })
 *   return readShare(output)
 * })
 * const { var99, shortfall99 } = mergeRisk(plan.paths, await Promise.all(shares))
 * ```
 */
export async function riskJob(plan: RiskPlan, piece: RiskPiece): Promise<RiskJob> {
  const written = writePlan(plan);
  const part = new Uint8Array(16);
  const view = new DataView(part.buffer);
  view.setBigUint64(0, BigInt(piece.first), true);
  view.setBigUint64(8, BigInt(piece.count), true);
  const tail = Math.min(piece.count, tailOf(plan.paths));
  return {
    runtime: 'wasm',
    profile: 'integer',
    module: await riskModule(),
    inputs: [written, part],
    limits: {
      fuel: fuelOf(plan, written.length, piece.count, tail),
      // Twice the tail: once in the heap of the module, once in the result.
      memoryPages: Math.min(4096, 16 + Math.ceil((written.length + tail * 16) / 65_536) * 2),
      outputBytes: 56 + tail * 8,
    },
  };
}

/** A little more than was ever measured: draws, steps, and the heap of the worst losses. */
function fuelOf({ history, steps, block }: RiskPlan, planBytes: number, count: number, tail: number): bigint {
  const blocks = Math.ceil(steps / block);
  const assets = history.assets.length;
  const path = 400 + 560 * Math.ceil(blocks / 4) + 110 * blocks + steps * (20 + 45 * assets) + 70 * assets;
  // In any order but the worst, not many more than four times the tail are ever in the heap.
  const heap = Math.min(count, 4 * tail) * 80 * (32 - Math.clz32(tail));
  return BigInt(1_000_000 + 10 * planBytes + path * count + heap);
}

/** The module that runs: `assembly/index.ts`, compiled. */
export function riskModule(): Promise<Uint8Array> {
  return readFile(new URL('../module/risk.wasm', import.meta.url));
}
