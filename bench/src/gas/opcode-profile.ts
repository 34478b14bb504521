import type { Address, Hex } from 'viem';
import type { BenchChain } from '../chain/bench-chain.ts';

type Step = { pc: number; op: string; gas: number; gasCost: number; depth: number; stack: Hex[] };

/** Gas that one frame of a transaction burnt itself, by class of opcode. */
export type Frame = { name: string; gas: number; classes: Map<string, number> };

const CALLS = new Set(['CALL', 'STATICCALL', 'DELEGATECALL', 'CALLCODE', 'CREATE', 'CREATE2']);

/** Where the gas of a transaction went: each call frame, and in it storage, logs, calls, hashing and the rest. */
export async function profile(
  chain: BenchChain,
  hash: Hex,
  names: ReadonlyMap<Address, string>,
): Promise<Frame[]> {
  const trace = (await chain.request('debug_traceTransaction', [
    hash,
    { disableMemory: true, disableReturnData: true },
  ])) as { structLogs: Step[] };
  const frames: Frame[] = [{ name: 'transaction', gas: 0, classes: new Map() }];
  const open: Frame[] = [frames[0] as Frame];
  const steps = trace.structLogs;
  steps.forEach((step, i) => {
    const frame = open[step.depth - 1];
    if (!frame) throw new Error(`No frame at depth ${step.depth}.`);
    const next = steps[i + 1];
    const enters = CALLS.has(step.op) && next !== undefined && next.depth > step.depth;
    if (enters) {
      const target = `0x${step.stack.at(-2)?.slice(2).padStart(40, '0').slice(-40)}` as Address;
      const child = { name: `${step.op} ${names.get(target) ?? target}`, gas: 0, classes: new Map() };
      frames.push(child);
      open[step.depth] = child;
    }
    const passed = enters ? next.gas : 0;
    const own = next && next.depth === step.depth ? step.gas - next.gas : step.gasCost - passed;
    const cost = CALLS.has(step.op) && !enters && next?.depth === step.depth ? step.gas - next.gas : own;
    frame.gas += cost;
    const kind = classOf(step.op, cost);
    frame.classes.set(kind, (frame.classes.get(kind) ?? 0) + cost);
  });
  return frames;
}

function classOf(op: string, cost: number): string {
  if (op === 'SLOAD') return cost > 100 ? 'SLOAD cold' : 'SLOAD warm';
  if (CALLS.has(op)) return cost > 2000 ? 'call, cold account' : 'call';
  if (/^(SSTORE|TSTORE|TLOAD|KECCAK256|LOG\d)$/.test(op)) return op;
  return 'computation';
}
