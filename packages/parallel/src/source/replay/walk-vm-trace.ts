import { type Address, type Hex, numberToHex } from 'viem';
import { asFields, asQuantity, type Fields, inconsistent } from '../answer/fields.ts';
import type { TransactionHead } from '../answer/read-block-head.ts';
import {
  applyCreation,
  applyFailure,
  applyInstruction,
  create2Address,
  isPrecompile,
  known,
  STIPEND,
  toAddress,
} from '../machine/apply-instruction.ts';
import { type FrameKind, opensFrame } from '../machine/opcodes.ts';
import { NOWHERE, TouchRecorder } from '../machine/touch-recorder.ts';
import { CallCursor } from './call-cursor.ts';
import type { CallNode } from './call-tree.ts';
import { costOf, startGas, tellsGasBefore } from './gas-before.ts';
import { type FindSubFrame, findSubFrames } from './sub-frames.ts';
import { TraceMemory } from './trace-memory.ts';
import { moveStack, type Word } from './trace-stack.ts';
import { nameOf, readEffect, readVmFrame, type VmEffect, type VmFrame } from './vm-trace-fields.ts';

type Context = { owner: Address; gasBefore: number; calls: readonly CallNode[] };

/** Follows a `vmTrace` with a stack of its own, since the trace tells what is pushed but not what is taken. */
export class VmTraceWalk {
  readonly recorder = new TouchRecorder();
  readonly #tree: CallNode;
  #subFrame: FindSubFrame = () => undefined;
  /** The server sends the whole memory with each instruction instead of what was written. */
  #snapshots = false;
  /** The server tells the gas before each instruction instead of after it. */
  #isBefore = false;

  /** @param tree the calls of the same transaction */
  constructor(tree: CallNode) {
    this.#tree = tree;
  }

  /** Whether the transaction's code ran to a good end. */
  run(frame: TransactionHead, vmTrace: unknown): boolean {
    const top = readVmFrame(vmTrace);
    const owner = frame.to ?? frame.created;
    if (!owner) throw inconsistent('A transaction has neither a recipient nor a new contract.');
    this.#isBefore = tellsGasBefore(top);
    this.#subFrame = findSubFrames(vmTrace, this.#tree, this.#isBefore);
    const gasBefore = frame.gasLimit - startGas(top, this.#isBefore);
    return this.#frame(this.recorder, top, owner, { owner, gasBefore, calls: this.#tree.children });
  }

  #frame(recorder: TouchRecorder, frame: VmFrame, code: Address, context: Context): boolean {
    if (frame.operations.length === 0) return true;
    recorder.run(context.owner, codeAccount(frame.code, code));
    const mark = recorder.mark();
    const succeeded = this.#instructions(recorder, frame, context);
    if (!succeeded) recorder.undo(mark);
    return succeeded;
  }

  #instructions(recorder: TouchRecorder, frame: VmFrame, context: Context): boolean {
    const stack: Word[] = [];
    const memory = new TraceMemory();
    const start = startGas(frame, this.#isBefore);
    const peek = (depth: number) => stack[stack.length - 1 - depth];
    const endsWell = endedWell(frame, this.#isBefore);
    const calls = new CallCursor(context.calls);
    let gasLeft = start;
    for (const [index, item] of frame.operations.entries()) {
      const operation = asFields(item, 'an instruction');
      const name = nameOf(operation, frame.code);
      if (!endsWell && index === frame.operations.length - 1) {
        applyFailure(recorder, name, context.owner, peek);
        break;
      }
      const effect = readEffect(operation.ex);
      if (!effect) throw inconsistent('An instruction failed and others followed it.', { name });
      let result: Word;
      const had = this.#isBefore
        ? effect.gasLeft
        : opensFrame(name)
          ? gasLeft
          : effect.gasLeft + costOf(operation);
      const gasUsed = context.gasBefore + start - had;
      if (opensFrame(name)) {
        result = this.#open(recorder, name, operation, peek, { ...context, gasBefore: gasUsed }, calls);
      } else {
        applyInstruction(recorder, { name, owner: context.owner, peek, gasUsed });
        if (name === 'KECCAK256') this.#hash(recorder, memory, peek, effect);
        gasLeft = effect.gasLeft;
      }
      this.#remember(memory, name, peek, effect);
      moveStack(stack, name, effect, result);
    }
    calls.end();
    return endsWell;
  }

  #open(
    recorder: TouchRecorder,
    kind: FrameKind,
    operation: Fields,
    peek: (depth: number) => Word,
    { owner, gasBefore }: Context,
    calls: CallCursor,
  ): Word {
    const isCreation = kind === 'CREATE' || kind === 'CREATE2';
    const target = isCreation ? undefined : toAddress(known(peek(1), kind));
    const call = calls.next(target);
    const sub = this.#subFrame(operation, call);
    if (target) recorder.look(target, 'code');
    if (!call && sub && sub.operations.length > 0)
      throw inconsistent('vmTrace has a call that trace has not.');
    if (!sub && call && (call.gasUsed ?? 0) > 0 && !isPrecompile(target)) {
      throw inconsistent('trace has a call that vmTrace has not.');
    }
    const value = kind === 'CALL' || kind === 'CALLCODE' ? peek(2) : isCreation ? peek(0) : 0n;
    // It may have failed for want of balance.
    if (value !== 0n && call?.failed && !sub?.operations.length) recorder.look(owner, 'balance');
    const start = sub ? startGas(sub, this.#isBefore) : 0;
    const spent = gasBefore + overhead(kind, operation, start, peek);
    const next = (to: Address) => ({ owner: to, gasBefore: spent, calls: call?.children ?? [] });
    if (target) {
      if (!sub || sub.operations.length === 0) return undefined;
      const borrows = kind === 'DELEGATECALL' || kind === 'CALLCODE';
      return this.#frame(recorder, sub, target, next(borrows ? owner : target)) ? 1n : 0n;
    }
    const salt = kind === 'CREATE2' ? peek(3) : undefined;
    const refused = salt !== undefined && call?.init ? create2Address(owner, salt, call.init) : undefined;
    applyCreation(recorder, owner, call?.created ?? refused);
    if (!call?.created) {
      const mark = recorder.mark();
      if (sub) this.#frame(recorder, sub, NOWHERE, next(NOWHERE));
      recorder.undo(mark);
      recorder.forget(NOWHERE);
      return 0n;
    }
    if (!sub || this.#frame(recorder, sub, call.created, next(call.created))) return BigInt(call.created);
    throw inconsistent('trace has a contract whose creation failed in vmTrace.', { contract: call.created });
  }

  #hash(recorder: TouchRecorder, memory: TraceMemory, peek: (depth: number) => Word, effect: VmEffect): void {
    const offset = Number(peek(0));
    const size = Number(peek(1));
    const result = effect.push.at(-1);
    if (!Number.isSafeInteger(offset) || !(size <= 1024) || result === undefined) return;
    const word = numberToHex(asQuantity(result, 'a hash'), { size: 32 });
    const shown = effect.memory && sliceOf(effect.memory.data, offset, size);
    if (shown && recorder.hash(shown, word)) return;
    const modelled = memory.read(offset, size);
    if (modelled) recorder.hash(modelled, word);
  }

  #remember(memory: TraceMemory, name: string, peek: (depth: number) => Word, effect: VmEffect): void {
    if (effect.memory && /^(PUSH|DUP|POP|JUMP)/.test(name)) this.#snapshots = true;
    if (this.#snapshots) return;
    if (effect.memory) memory.write(effect.memory.offset, effect.memory.data);
    else if (name === 'MCOPY') memory.copy(Number(peek(0)), Number(peek(1)), Number(peek(2)));
  }
}

/**
 * Whether a frame stopped rather than failed. Servers that tell the gas before an instruction show a failed one like any
 * other, and the STOP that is behind all code; the others show no effect of a failed one, and no such STOP.
 */
function endedWell({ operations, code }: VmFrame, isBefore: boolean): boolean {
  const last = asFields(operations.at(-1), 'an instruction');
  const name = nameOf(last, code);
  if (readEffect(last.ex) === undefined || name === 'REVERT' || name === 'INVALID') return false;
  return !isBefore || name === 'STOP' || name === 'RETURN' || name === 'SELFDESTRUCT';
}

/** What opening a frame costs besides the gas that the frame gets. */
function overhead(kind: FrameKind, operation: Fields, start: number, peek: (depth: number) => Word): number {
  const gift = (kind === 'CALL' || kind === 'CALLCODE') && (peek(2) ?? 0n) > 0n ? STIPEND : 0;
  return Math.max(0, costOf(operation) - (start - gift));
}

/** An account that delegates (EIP-7702) runs the code of another. */
function codeAccount(code: Hex, account: Address): Address {
  return code.startsWith('0xef0100') && code.length === 48 ? `0x${code.slice(8)}` : account;
}

/** Bytes of the memory; what was not written yet is zero. */
function sliceOf(memory: Hex, offset: number, size: number): Hex {
  return `0x${memory.slice(2 + 2 * offset, 2 + 2 * (offset + size)).padEnd(2 * size, '0')}`;
}
