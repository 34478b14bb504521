import { F32, F64, I32, I64, type ValueType } from '../module/types.ts';

export type MemoryAccess = {
  readonly type: ValueType;
  readonly isStore: boolean;
  /** Largest exponent of two that may be declared. */
  readonly alignment: number;
};

const LOADS: [ValueType, number][] = [
  ...([
    [I32, 2],
    [I64, 3],
    [F32, 2],
    [F64, 3],
  ] as [ValueType, number][]),
  ...([
    [I32, 0],
    [I32, 0],
    [I32, 1],
    [I32, 1],
  ] as [ValueType, number][]),
  ...([
    [I64, 0],
    [I64, 0],
    [I64, 1],
    [I64, 1],
    [I64, 2],
    [I64, 2],
  ] as [ValueType, number][]),
];
const STORES: [ValueType, number][] = [
  ...([
    [I32, 2],
    [I64, 3],
    [F32, 2],
    [F64, 3],
  ] as [ValueType, number][]),
  ...([
    [I32, 0],
    [I32, 1],
    [I64, 0],
    [I64, 1],
    [I64, 2],
  ] as [ValueType, number][]),
];
const FIRST_LOAD = 0x28;

/** Loads and stores from 0x28 on. */
const ACCESSES: readonly MemoryAccess[] = [
  ...LOADS.map(([type, alignment]) => ({ type, alignment, isStore: false })),
  ...STORES.map(([type, alignment]) => ({ type, alignment, isStore: true })),
];

/** The load or store with this opcode. */
export function memoryAccess(opcode: number): MemoryAccess | undefined {
  return ACCESSES[opcode - FIRST_LOAD];
}
