import { type Address, type Hex, hexToBytes } from 'viem';
import type { BenchChain } from '../chain/bench-chain.ts';

type Step = { op: string; gas: number; gasCost: number; depth: number; stack: Hex[] };
type Transaction = { to: Address; input: Hex };

/** Kinds of cost, in the order of the table. They add up to the gas of the transaction. */
export const COSTS = [
  'base and calldata',
  'cold accounts',
  'cold slots',
  'stores',
  'logs',
  'lock',
  'hashing',
  'warm reads and calls',
  'other code',
  'market code',
  'refund',
] as const;

export type Profile = Record<(typeof COSTS)[number], number>;

const BASE = 21_000;
const ZERO_BYTE = 4;
const OTHER_BYTE = 16;
const COLD = 2000;
const CALL = /^(CALL|STATICCALL|DELEGATECALL)$/;

/** Where the gas of a mined transaction went, opcode by opcode. The chain must have been started with `steps`. */
export async function readProfile(
  chain: BenchChain,
  { hash, gas }: { hash: Hex; gas: number },
  market: readonly Address[],
): Promise<Profile> {
  const { to, input } = (await chain.request('eth_getTransactionByHash', [hash])) as Transaction;
  const options = { disableMemory: true, disableReturnData: true };
  const trace = (await chain.request('debug_traceTransaction', [hash, options])) as { structLogs: Step[] };
  const profile = Object.fromEntries(COSTS.map((name) => [name, 0])) as Profile;
  profile['base and calldata'] = intrinsic(input);
  const code: string[] = [to.toLowerCase()];
  trace.structLogs.forEach((step, i) => {
    const next = trace.structLogs[i + 1];
    const enters = CALL.test(step.op) && next !== undefined && next.depth > step.depth;
    if (enters) code[step.depth] = `0x${step.stack.at(-2)?.slice(2).padStart(40, '0').slice(-40)}`;
    const cost = costOf(step, next, enters);
    const isMarket = market.some((address) => address.toLowerCase() === code[step.depth - 1]);
    profile[classify(step.op, cost) ?? (isMarket ? 'market code' : 'other code')] += cost;
  });
  const sum = Object.values(profile).reduce((total, cost) => total + cost, 0);
  profile.refund = gas - sum;
  return profile;
}

/** What an opcode burnt itself, without the gas it handed to a callee. */
function costOf(step: Step, next: Step | undefined, enters: boolean): number {
  if (enters && next) return step.gasCost - next.gas;
  return next?.depth === step.depth ? step.gas - next.gas : step.gasCost;
}

function classify(op: string, cost: number): keyof Profile | undefined {
  if (op === 'SLOAD') return cost > COLD ? 'cold slots' : 'warm reads and calls';
  if (CALL.test(op)) return cost > COLD ? 'cold accounts' : 'warm reads and calls';
  if (op === 'SSTORE') return 'stores';
  if (op === 'TLOAD' || op === 'TSTORE') return 'lock';
  if (op === 'KECCAK256') return 'hashing';
  if (op.startsWith('LOG')) return 'logs';
  return undefined;
}

function intrinsic(input: Hex): number {
  return hexToBytes(input).reduce((gas, byte) => gas + (byte === 0 ? ZERO_BYTE : OTHER_BYTE), BASE);
}
