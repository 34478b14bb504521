import { type Address, getContractAddress, type Hex, numberToHex } from 'viem';
import { inconsistent } from '../answer/fields.ts';
import { isEnvironmentField, type TouchRecorder } from './touch-recorder.ts';

/** One instruction about to run, and where. */
export type Instruction = {
  name: string;
  owner: Address;
  /** Words of the stack from its top, 0 being the topmost; `undefined` where the value is not known. */
  peek: (depth: number) => bigint | undefined;
  /** Gas that the transaction used before it. */
  gasUsed: number;
};

/** Gas that a callee is given for nothing when it is sent value. */
export const STIPEND = 2300;

/** Records what an instruction that did not fail touches, other than by opening a frame. */
export function applyInstruction(recorder: TouchRecorder, { name, owner, peek, gasUsed }: Instruction): void {
  switch (name) {
    case 'SLOAD':
      recorder.load(owner, known(peek(0), name));
      return;
    case 'SSTORE':
      recorder.store(owner, known(peek(0), name), peek(1));
      return;
    case 'BALANCE':
      recorder.look(toAddress(known(peek(0), name)), 'balance');
      return;
    case 'SELFBALANCE':
      recorder.look(owner, 'balance');
      return;
    case 'EXTCODESIZE':
    case 'EXTCODECOPY':
    case 'EXTCODEHASH':
      recorder.look(toAddress(known(peek(0), name)), 'code');
      return;
    case 'SELFDESTRUCT':
      // How much it moves is what it has.
      recorder.look(owner, 'balance');
      recorder.note({ kind: 'sweep', from: owner, to: toAddress(known(peek(0), name)) });
      return;
    default:
      if (isEnvironmentField(name)) recorder.ask(name, gasUsed);
  }
}

/** A store that fails for want of gas read the slot: what it costs depends on what is there. */
export function applyFailure(
  recorder: TouchRecorder,
  name: string,
  owner: Address,
  peek: Instruction['peek'],
): void {
  const slot = peek(0);
  if ((name === 'SSTORE' || name === 'SLOAD') && slot !== undefined) recorder.load(owner, slot);
}

/** A creation takes a nonce of its creator, and fails where there is a contract already. */
export function applyCreation(recorder: TouchRecorder, creator: Address, created: Address | undefined): void {
  recorder.look(creator, 'nonce');
  if (created) recorder.look(created, 'code');
}

/** Where CREATE2 puts a contract. */
export function create2Address(from: Address, salt: bigint, init: Hex): Address {
  const address = getContractAddress({
    opcode: 'CREATE2',
    from,
    salt: numberToHex(salt, { size: 32 }),
    bytecode: init,
  });
  return address.toLowerCase() as Address;
}

/** Whether it is one of the low addresses that run without code. Rollups have some of their own there. */
export function isPrecompile(address: Address | null | undefined): boolean {
  return address !== null && address !== undefined && BigInt(address) < 0x10000n;
}

/** The lower 20 bytes of a word. */
export function toAddress(word: bigint): Address {
  return `0x${(word & ((1n << 160n) - 1n)).toString(16).padStart(40, '0')}`;
}

/** @throws {@link ParallelError} `TRACE_INCONSISTENT` for a word that the trace does not tell */
export function known(word: bigint | undefined, name: string): bigint {
  if (word !== undefined) return word;
  throw inconsistent(`The trace does not tell what ${name} was given.`);
}
