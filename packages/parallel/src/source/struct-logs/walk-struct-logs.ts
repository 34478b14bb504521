import { type Address, numberToHex } from 'viem';
import { inconsistent } from '../answer/fields.ts';
import type { TransactionFrame } from '../answer/read-block-frame.ts';
import {
  applyCreation,
  applyFailure,
  applyInstruction,
  create2Address,
  known,
  STIPEND,
  toAddress,
} from '../machine/apply-instruction.ts';
import { type FrameKind, opensFrame } from '../machine/opcodes.ts';
import { NOWHERE, TouchRecorder } from '../machine/touch-recorder.ts';
import { depthOf, nameOf, peekWord, readStructLog, type StructLog, sliceMemory } from './struct-log.ts';

const DEEPEST = 1024;

type Context = { owner: Address; code: Address; gasBefore: number; succeeded: boolean };

/** Follows the lines of geth's struct logger through the frames that they open. */
export class StructLogWalk {
  readonly recorder = new TouchRecorder();
  readonly #logs: readonly unknown[];
  readonly #returns: ReadonlyMap<number, number>;

  constructor(logs: readonly unknown[]) {
    this.#logs = logs;
    this.#returns = findReturns(logs);
  }

  run(frame: TransactionFrame): void {
    const owner = frame.to ?? frame.created;
    if (!owner || this.#logs.length === 0) return;
    const gasBefore = frame.gasLimit - readStructLog(this.#logs[0]).gas;
    const end = this.#frame(0, { owner, code: owner, gasBefore, succeeded: frame.succeeded });
    if (end !== this.#logs.length)
      throw inconsistent('The trace goes on after its end.', { transaction: frame.hash });
  }

  /** Returns the place behind the frame. */
  #frame(begin: number, context: Context): number {
    const { owner, code, gasBefore, succeeded } = context;
    const first = readStructLog(this.#logs[begin]);
    const mark = this.recorder.mark();
    this.recorder.run(owner, code);
    let at = begin;
    while (at < this.#logs.length && depthOf(this.#logs[at]) === first.depth) {
      const log = readStructLog(this.#logs[at]);
      const gasUsed = gasBefore + first.gas - log.gas;
      const peek = (depth: number) => peekWord(log, depth);
      const isLast = at + 1 >= this.#logs.length || depthOf(this.#logs[at + 1]) < log.depth;
      if (isLast && !succeeded) applyFailure(this.recorder, log.name, owner, peek);
      else if (opensFrame(log.name)) {
        at = this.#open(at, log.name, log, owner, gasUsed);
        continue;
      } else {
        applyInstruction(this.recorder, { name: log.name, owner, peek, gasUsed });
        if (log.name === 'KECCAK256' && !isLast) this.#hash(log, readStructLog(this.#logs[at + 1]));
      }
      at += 1;
    }
    if (!succeeded) this.recorder.undo(mark);
    return at;
  }

  #open(at: number, kind: FrameKind, log: StructLog, owner: Address, gasUsed: number): number {
    const back = this.#returns.get(at);
    if (back === undefined) throw inconsistent('The trace does not tell how a call ended.');
    const result = known(peekWord(readStructLog(this.#logs[back]), 0), kind);
    const runs = back > at + 1;
    const isCreation = kind === 'CREATE' || kind === 'CREATE2';
    const value =
      kind === 'CALL' ? known(peekWord(log, 2), kind) : isCreation ? known(peekWord(log, 0), kind) : 0n;
    const target = isCreation ? toAddress(result) : toAddress(known(peekWord(log, 1), kind));
    const succeeded = result !== 0n;
    const spent = log.gas - readStructLog(this.#logs[back]).gas;
    if (isCreation && (runs || succeeded || takesNonce(log, value, spent)))
      this.recorder.note({ kind: 'nonce', account: owner });
    // It may have failed for want of balance.
    const sent = kind === 'CALLCODE' ? peekWord(log, 2) : value;
    if (!runs && !succeeded && sent !== 0n) this.recorder.look(owner, 'balance');
    const mark = this.recorder.mark();
    if (!isCreation) this.recorder.look(target, 'code');
    else applyCreation(this.recorder, owner, succeeded ? target : refusedAddress(kind, log, owner));
    if (succeeded) this.recorder.note({ kind: 'transfer', from: owner, to: target, amount: value });
    if (isCreation && succeeded) this.recorder.note({ kind: 'create', created: target });
    if (runs) {
      const borrows = kind === 'DELEGATECALL' || kind === 'CALLCODE';
      const code = isCreation && !succeeded ? NOWHERE : target;
      const start = readStructLog(this.#logs[at + 1]).gas;
      const gift = (kind === 'CALL' || kind === 'CALLCODE') && peekWord(log, 2) !== 0n ? STIPEND : 0;
      const gasBefore = gasUsed + Math.max(0, log.gasCost - (start - gift));
      const end = this.#frame(at + 1, { owner: borrows ? owner : code, code, gasBefore, succeeded });
      if (end !== back) throw inconsistent('The depth of the trace leaps.');
    }
    if (!succeeded) this.recorder.undo(mark);
    if (isCreation && !succeeded) this.recorder.forget(NOWHERE);
    return back;
  }

  #hash(log: StructLog, next: StructLog): void {
    const [offset, size] = [Number(peekWord(log, 0)), Number(peekWord(log, 1))];
    const result = peekWord(next, 0);
    if (!Number.isSafeInteger(offset) || !(size <= 1024) || result === undefined) return;
    this.recorder.hash(sliceMemory(log, offset, size), numberToHex(result, { size: 32 }));
  }
}

/**
 * Whether a creation that ran nothing took a nonce of its creator: it does where there is a contract already, which costs
 * all the gas that it was given, and not when its creator cannot afford it or is too deep.
 */
function takesNonce(log: StructLog, value: bigint, spent: number): boolean {
  return log.depth <= DEEPEST && (value === 0n || spent > log.gas / 2);
}

/** Where CREATE2 would have put a contract. */
function refusedAddress(kind: FrameKind, log: StructLog, owner: Address): Address | undefined {
  const [offset, size, salt] = [Number(peekWord(log, 1)), Number(peekWord(log, 2)), peekWord(log, 3)];
  if (kind !== 'CREATE2' || salt === undefined) return undefined;
  return create2Address(owner, salt, sliceMemory(log, offset, size));
}

/** Where each instruction that opens a frame came back, by its place: there its result is on the stack. */
function findReturns(logs: readonly unknown[]): Map<number, number> {
  const returns = new Map<number, number>();
  const waiting: { at: number; depth: number }[] = [];
  for (const [at, log] of logs.entries()) {
    const depth = depthOf(log);
    while (waiting.length > 0 && depth <= (waiting.at(-1)?.depth ?? 0)) {
      const opener = waiting.pop();
      if (opener && opener.depth === depth) returns.set(opener.at, at);
    }
    if (opensFrame(nameOf(log))) waiting.push({ at, depth });
  }
  return returns;
}
