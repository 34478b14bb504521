import type { Hex } from 'viem';
import { nameOfByte } from '../src/source/machine/opcodes.ts';
import type { Rpc } from '../src/source/rpc.ts';

type Line = {
  pc: number;
  op: string;
  gas: number;
  gasCost: number;
  depth: number;
  stack: string[];
  memory?: string[];
};

type Operation = { pc: number; cost: number; ex: unknown; sub: unknown };

/** Where an instruction writes memory: offset and size, counted from the top of the stack. */
const WRITES: Readonly<Record<string, (word: (depth: number) => number) => [offset: number, size: number]>> =
  {
    MSTORE: (word) => [word(0), 32],
    MSTORE8: (word) => [word(0), 1],
    CALLDATACOPY: (word) => [word(0), word(2)],
    CODECOPY: (word) => [word(0), word(2)],
    RETURNDATACOPY: (word) => [word(0), word(2)],
    EXTCODECOPY: (word) => [word(1), word(3)],
    MCOPY: (word) => [word(0), word(2)],
    CALL: (word) => [word(5), word(6)],
    CALLCODE: (word) => [word(5), word(6)],
    DELEGATECALL: (word) => [word(4), word(5)],
    STATICCALL: (word) => [word(4), word(5)],
  };

/**
 * The `vmTrace` of OpenEthereum, Erigon and Nethermind, made of the lines of a struct logger: instructions without names,
 * the gas after them, only the memory that was written, nothing for an instruction that failed, no STOP behind the code.
 */
export async function toOpenEthereumForm(rpc: Rpc, hash: Hex, number: bigint): Promise<unknown> {
  const trace = await rpc.request('debug_traceTransaction', [hash, { enableMemory: true }]);
  const { structLogs } = trace as { structLogs: Line[] };
  const transaction = (await rpc.request('eth_getTransactionByHash', [hash])) as {
    to: Hex | null;
    input: Hex;
  };
  const codeOf = (address: string) =>
    rpc.request('eth_getCode', [address, `0x${number.toString(16)}`]) as Promise<Hex>;
  const top = transaction.to === null ? transaction.input : await codeOf(transaction.to);
  if (structLogs.length === 0) return { code: top, ops: [] };
  return (await frame(structLogs, 0, top, codeOf)).trace;
}

async function frame(lines: Line[], begin: number, known: Hex, codeOf: (address: string) => Promise<Hex>) {
  const depth = lines[begin]?.depth ?? 0;
  // A contract that is gone has no code to ask for.
  const code = known === '0x' ? codeFrom(lines, begin) : known;
  const ops: Operation[] = [];
  let at = begin;
  for (; at < lines.length && lines[at]?.depth === depth; ) {
    const line = lines[at] as Line;
    const opens = lines[at + 1]?.depth === depth + 1;
    let sub: unknown = null;
    let next = at + 1;
    if (opens) {
      const inner = await frame(lines, next, await innerCode(line, codeOf), codeOf);
      [sub, next] = [inner.trace, inner.end];
    }
    const after = lines[next]?.depth === depth ? lines[next] : undefined;
    const halts = /^(STOP|RETURN|REVERT|SELFDESTRUCT)$/.test(line.op);
    const isBehindCode = line.op === 'STOP' && 2 + 2 * line.pc >= code.length;
    if (!isBehindCode)
      ops.push({ pc: line.pc, cost: line.gasCost, ex: after || halts ? effect(line, after) : null, sub });
    at = next;
  }
  return { trace: { code, ops }, end: at };
}

function effect(line: Line, after: Line | undefined) {
  const used = after?.gas ?? line.gas - line.gasCost;
  const word = (depth: number) => Number(line.stack.at(-1 - depth));
  const pushed = after ? after.stack.slice(-pushes(line.op)) : [];
  const [offset, size] = WRITES[line.op]?.(word) ?? [0, 0];
  const memory = (after?.memory ?? []).map((part) => part.replace(/^0x/, '')).join('');
  const mem = size > 0 ? { off: offset, data: `0x${memory.slice(2 * offset, 2 * (offset + size))}` } : null;
  return { used, push: pushed, mem, store: null };
}

/** SWAP and DUP list all that they moved; of the others only the top matters. */
function pushes(name: string): number {
  return Number(/^(?:DUP|SWAP)(\d+)$/.exec(name)?.[1] ?? 0) + 1;
}

async function innerCode(line: Line, codeOf: (address: string) => Promise<Hex>): Promise<Hex> {
  const word = (depth: number) =>
    line.stack
      .at(-1 - depth)
      ?.replace(/^0x/, '')
      .padStart(64, '0') ?? '';
  if (!line.op.startsWith('CREATE')) return codeOf(`0x${word(1).slice(24)}`);
  const [offset, size] = [Number(`0x${word(1)}`), Number(`0x${word(2)}`)];
  const memory = (line.memory ?? []).map((part) => part.replace(/^0x/, '')).join('');
  return `0x${memory.slice(2 * offset, 2 * (offset + size))}`;
}

/** The instructions that ran, where they stood. */
function codeFrom(lines: Line[], begin: number): Hex {
  const bytes: string[] = [];
  const depth = lines[begin]?.depth ?? 0;
  for (let at = begin; (lines[at]?.depth ?? 0) >= depth; at += 1) {
    const line = lines[at];
    if (line?.depth === depth) bytes[line.pc] = BYTES.get(line.op) ?? '00';
  }
  return `0x${Array.from(bytes, (byte) => byte ?? '5b').join('')}00`;
}

const BYTES = new Map(
  Array.from(
    { length: 256 },
    (_, byte) => [nameOfByte(byte) ?? '', byte.toString(16).padStart(2, '0')] as const,
  ),
);
