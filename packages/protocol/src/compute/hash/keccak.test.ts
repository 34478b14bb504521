import fc from 'fast-check';
import { bytesToHex, keccak256 as keccakOfViem } from 'viem';
import { expect, it } from 'vitest';
import { keccak256 } from './keccak.ts';

const agree = (numRuns: number) =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_000 }), (bytes) => {
      expect(keccak256(bytes)).toBe(keccakOfViem(bytes));
      expect(keccak256(bytesToHex(bytes))).toBe(keccakOfViem(bytes));
    }),
    { numRuns },
  );

it('is keccak256, before its WebAssembly is compiled and after', async () => {
  agree(20);
  await new Promise((resolve) => setTimeout(resolve, 100));
  agree(200);
});
