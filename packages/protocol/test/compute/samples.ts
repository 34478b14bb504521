import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { bytesToHex } from 'viem';
import type { JobSpec, Receipt } from '../../src/compute/index.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Written apart from the code under test: a CID of raw bytes with this SHA-256 digest. */
export function cidOf(digest: Uint8Array, codec = 0x55): string {
  const bytes = [1, codec, 0x12, 0x20, ...digest];
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return `b${groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')}`;
}

export const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
export const cid = fc.tuple(digest, fc.constantFrom(0x55, 0x70)).map(([bytes, codec]) => cidOf(bytes, codec));
export const word: fc.Arbitrary<Hex> = digest.map((bytes) => bytesToHex(bytes));
const address: fc.Arbitrary<Address> = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => bytesToHex(bytes));
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const names = fc
  .array(fc.stringMatching(/^[A-Za-z0-9-]{1,32}$/), { maxLength: 4 })
  .map((list) => [...new Set(list)].sort());

export const jobSpec: fc.Arbitrary<JobSpec> = fc.record({
  version: fc.constant(1 as const),
  runtime: fc.constantFrom('wasm', 'onnx', 'container'),
  module: cid,
  inputs: fc.array(cid, { maxLength: 3 }),
  profile: fc.constantFrom('integer', 'float'),
  seed: word,
  fuel: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  memoryPages: fc.integer({ min: 0, max: 65_536 }),
  timeMilliseconds: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  outputBytes: uint32,
  needs: fc.record({
    cores: uint32,
    memoryMegabytes: uint32,
    gpuMemoryMegabytes: uint32,
    regions: names,
    latencyMilliseconds: uint32,
    energy: names,
    priceCap: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    deadline: uint64,
    tier: fc.constantFrom('deterministic', 'fast'),
  }),
});

export const receipt: fc.Arbitrary<Receipt> = fc.record({
  node: address,
  sequence: uint64,
  previous: word,
  job: word,
  module: cid,
  inputs: fc.array(cid, { maxLength: 3 }),
  result: fc.oneof(cid, fc.constant('')),
  outcome: fc.constantFrom('DONE', 'JOB_OUT_OF_FUEL', 'JOB_TRAPPED'),
  fuel: uint64,
  checkpoints: word,
  endedAt: uint64,
  microseconds: uint64,
  microwattHours: uint64,
  microgramsLocation: uint64,
  microgramsMarket: uint64,
});
