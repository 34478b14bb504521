import { type Exports, engine, type GlobalCell } from '../engine/web-assembly.ts';
import type { SandboxErrorCode } from '../error-words.ts';
import { MEMORY_FAILURE, RESERVED } from '../gate/reserved-names.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { JobLimits } from './job.ts';

/** What the specification calls each trap, by words of the engine's message. */
const TRAPS: readonly [RegExp, string][] = [
  [/unreachable/, 'unreachable'],
  [/divide by zero|remainder by zero/, 'integer divide by zero'],
  [/divide result unrepresentable/, 'integer overflow'],
  [/float unrepresentable/, 'invalid conversion to integer'],
  [
    /table index is out of bounds|table access out of bounds|out of bounds table|element segment/,
    'out of bounds table access',
  ],
  [/memory access out of bounds|data segment/, 'out of bounds memory access'],
  [/null function|signature mismatch|indirect call/, 'indirect call'],
];

/** Why a job ended without returning: counters first, since they are the same everywhere. */
export function describeEnd(
  thrown: unknown,
  exports: Exports | undefined,
  limits: JobLimits,
  stackWords: number,
): SandboxError {
  const spent = exports ? fuelSpent(exports, limits.fuel) : 0n;
  const end = (code: SandboxErrorCode, message: string, facts: Record<string, string | number> = {}) =>
    new SandboxError(code, message, { ...facts, fuel: spent.toString() });
  if (thrown instanceof SandboxError)
    return end(thrown.code, thrown.shortMessage, { ...thrown.details } as never);
  if (exports) {
    const failure = numberIn(exports, RESERVED.memoryFailure);
    if (numberIn(exports, RESERVED.fuel) < 0) return end('JOB_OUT_OF_FUEL', 'The job used up its fuel.');
    if (numberIn(exports, RESERVED.stack) > stackWords)
      return end('JOB_STACK_LIMIT', 'The calls of the job are too deep.');
    if (failure === MEMORY_FAILURE.limit) return memoryLimit(limits, spent);
    if (failure === MEMORY_FAILURE.host)
      return end('HOST_MEMORY', 'The machine could not give the job its memory.');
  }
  if (thrown instanceof engine.RuntimeError || thrown instanceof engine.LinkError) {
    const reason = TRAPS.find(([words]) => words.test(thrown.message))?.[1] ?? 'trap';
    return end('JOB_TRAPPED', `The job trapped: ${reason}.`, { reason });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/memory/i.test(message)) return end('HOST_MEMORY', 'The machine could not give the job its memory.');
  if (/call stack/.test(message))
    return end('HOST_STACK', 'The stack of the thread overflowed before the count did.');
  return end('HOST_WORKER_LOST', `The thread failed: ${message}.`);
}

export function memoryLimit({ memoryPages }: JobLimits, fuel: bigint): SandboxError {
  const details = { allowedPages: memoryPages, fuel: fuel.toString() };
  return new SandboxError('JOB_MEMORY_LIMIT', 'The job needs more memory than was ordered.', details);
}

/** Never more than there was. */
export function fuelSpent(exports: Exports, fuel: bigint): bigint {
  const left = BigInt((exports[RESERVED.fuel] as GlobalCell).value);
  return left < 0n ? fuel : fuel - left;
}

function numberIn(exports: Exports, name: string): number {
  return Number((exports[name] as GlobalCell).value);
}
