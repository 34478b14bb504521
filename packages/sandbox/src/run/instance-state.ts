import type { Exports, GlobalCell, Memory } from '../engine/web-assembly.ts';
import { RESERVED } from '../gate/reserved-names.ts';

const PAGE_BYTES = 65_536;

/** Pages of 64 KiB that a memory has. */
export function pagesOf(memory: Memory): number {
  return memory.buffer.byteLength / PAGE_BYTES;
}

/** The bits of every mutable global of numbers, 64 at a time, in an order that the module alone decides. */
export function readGlobals(exports: Exports): bigint[] {
  const cells = namesWith(exports, RESERVED.global).map((name) => {
    return BigInt.asUintN(64, BigInt((exports[name] as GlobalCell).value));
  });
  const others = namesWith(exports, RESERVED.read).map((name) => {
    return BigInt.asUintN(64, (exports[name] as () => bigint)());
  });
  return [...cells, ...others];
}

/** Sets what `readGlobals` has read. @returns whether there were as many as the module has */
export function writeGlobals(exports: Exports, words: readonly bigint[]): boolean {
  const cells = namesWith(exports, RESERVED.global);
  const others = namesWith(exports, RESERVED.write);
  if (words.length !== cells.length + others.length) return false;
  for (const [at, name] of cells.entries()) {
    const cell = exports[name] as GlobalCell;
    const word = words[at] as bigint;
    cell.value = typeof cell.value === 'bigint' ? word : Number(BigInt.asIntN(32, word));
  }
  for (const [at, name] of others.entries()) {
    (exports[name] as (word: bigint) => void)(words[cells.length + at] as bigint);
  }
  return true;
}

function namesWith(exports: Exports, prefix: string): string[] {
  return Object.keys(exports).filter((name) => name.startsWith(prefix));
}
