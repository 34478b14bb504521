import fc from 'fast-check';
import { concatHex, type Hex, keccak256, stringToHex, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { slotKey } from '../access/state-key.ts';
import { createNamer } from './create-namer.ts';
import type { SlotPart } from './key-name.ts';
import { readLayouts } from './layout/read-layouts.ts';

const OWNER = '0x00000000000000000000000000000000000000aa';

/** A type of a random layout. Members of structs are `[size in bytes]` values side by side, or one type a slot. */
type Shape =
  | { kind: 'value'; bytes: number }
  | { kind: 'text' }
  | { kind: 'mapping'; key: 'uint256' | 'string' | 'bytes32'; value: Shape }
  | { kind: 'dynamic'; element: Shape }
  | { kind: 'array'; element: Shape; length: number }
  | { kind: 'packed'; bytes: number; length: number | undefined }
  | { kind: 'struct'; members: Shape[] };

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('value' as const), bytes: fc.integer({ min: 17, max: 32 }) }),
    fc.constant({ kind: 'text' as const }),
    fc.record({
      kind: fc.constant('mapping' as const),
      key: fc.constantFrom('uint256' as const, 'string' as const, 'bytes32' as const),
      value: tie('shape'),
    }),
    fc.record({ kind: fc.constant('dynamic' as const), element: tie('shape') }),
    fc.record({
      kind: fc.constant('array' as const),
      element: tie('shape'),
      length: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('packed' as const),
      bytes: fc.integer({ min: 1, max: 16 }),
      length: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    }),
    fc.record({
      kind: fc.constant('struct' as const),
      members: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

/** Every member on slots of its own. */
function sizeOf(type: Shape): number {
  if (type.kind === 'array') return type.length * sizeOf(type.element);
  if (type.kind === 'packed') return Math.ceil((type.length ?? 1) / Math.floor(32 / type.bytes));
  if (type.kind === 'struct') return type.members.reduce((sum, member) => sum + sizeOf(member), 0);
  return 1;
}

/** solc's way of writing the types down. */
function writeTypes(type: Shape, types: Record<string, unknown>): string {
  const id = `t${Object.keys(types).length}`;
  types[id] = {};
  const inside = (inner: Shape) => writeTypes(inner, types);
  const numberOfBytes = String(type.kind === 'value' ? type.bytes : 32 * sizeOf(type));
  switch (type.kind) {
    case 'value':
      types[id] = { encoding: 'inplace', label: `uint${8 * type.bytes}`, numberOfBytes };
      break;
    case 'text':
      types[id] = { encoding: 'bytes', label: 'string', numberOfBytes };
      break;
    case 'mapping': {
      const encoding = type.key === 'string' ? 'bytes' : 'inplace';
      types[`k${type.key}`] = { encoding, label: type.key, numberOfBytes: '32' };
      types[id] = {
        encoding: 'mapping',
        label: '',
        numberOfBytes,
        key: `k${type.key}`,
        value: inside(type.value),
      };
      break;
    }
    case 'dynamic':
      types[id] = { encoding: 'dynamic_array', label: '', numberOfBytes, base: inside(type.element) };
      break;
    case 'array':
      types[id] = {
        encoding: 'inplace',
        label: `x[${type.length}]`,
        numberOfBytes,
        base: inside(type.element),
      };
      break;
    case 'packed': {
      const base = inside({ kind: 'value', bytes: type.bytes });
      const encoding = type.length === undefined ? 'dynamic_array' : 'inplace';
      types[id] = { encoding, label: `x[${type.length ?? ''}]`, numberOfBytes, base };
      break;
    }
    case 'struct': {
      let slot = 0;
      const members = type.members.map((member, i) => {
        const entry = { label: `m${i}`, slot: String(slot), offset: 0, type: inside(member) };
        slot += sizeOf(member);
        return entry;
      });
      types[id] = { encoding: 'inplace', label: 'struct S', numberOfBytes, members };
    }
  }
  return id;
}

type Spot = { slot: bigint; text: string; variable: string; parts?: readonly SlotPart[] };

const word = (value: bigint) => toHex(value, { size: 32 });

/** Goes to a random place inside, by the definitions in the documentation of Solidity, and notes what was hashed. */
function walk(type: Shape, at: Spot, choose: (most: number) => number, preimages: Map<Hex, Hex>): Spot {
  const hash = (preimage: Hex) => {
    preimages.set(keccak256(preimage), preimage);
    return BigInt(keccak256(preimage));
  };
  const into = (inner: Shape, slot: bigint, text: string, variable = text) =>
    walk(inner, { slot, text: at.text + text, variable: at.variable + variable }, choose, preimages);
  switch (type.kind) {
    case 'value':
      return at;
    case 'text': {
      const i = choose(3);
      if (i === 0) return at;
      const text = `[${32 * (i - 1)}…${32 * i - 1}]`;
      return {
        slot: hash(word(at.slot)) + BigInt(i - 1),
        text: at.text + text,
        variable: `${at.variable}[*]`,
      };
    }
    case 'mapping': {
      const n = choose(1000);
      const key =
        type.key === 'string'
          ? stringToHex(`key ${n}`)
          : type.key === 'bytes32'
            ? word(BigInt(n) + (0x80n << 248n))
            : word(BigInt(n));
      const text =
        type.key === 'string'
          ? `"key ${n}"`
          : type.key === 'bytes32'
            ? `${key.slice(0, 6)}…${key.slice(-4)}`
            : `${n}`;
      return into(type.value, hash(concatHex([key, word(at.slot)])), `[${text}]`, '[*]');
    }
    case 'dynamic': {
      const i = choose(1000);
      if (i === 0) return { slot: at.slot, text: `${at.text}.length`, variable: `${at.variable}.length` };
      return into(type.element, hash(word(at.slot)) + BigInt(i * sizeOf(type.element)), `[${i}]`, '[*]');
    }
    case 'array': {
      const i = choose(type.length - 1);
      return into(type.element, at.slot + BigInt(i * sizeOf(type.element)), `[${i}]`, '[*]');
    }
    case 'packed': {
      const { bytes, length } = type;
      const together = Math.floor(32 / bytes);
      const i = choose((length ?? 1000) - 1);
      const first = i - (i % together);
      const last = Math.min(first + together, length ?? Number.POSITIVE_INFINITY) - 1;
      const start = length === undefined ? hash(word(at.slot)) : at.slot;
      const parts = Array.from({ length: last - first + 1 }, (_, j) => ({
        label: `[${first + j}]`,
        offset: j * bytes,
        bytes,
      }));
      const slot = start + BigInt(first / together);
      if (parts.length === 1) return { slot, text: `${at.text}[${first}]`, variable: `${at.variable}[*]` };
      if (length !== undefined && length <= together) return { ...at, slot, parts };
      return { slot, text: `${at.text}[${first}…${last}]`, variable: `${at.variable}[*]`, parts };
    }
    case 'struct': {
      const i = choose(type.members.length - 1);
      const before = type.members.slice(0, i).reduce((sum, member) => sum + sizeOf(member), 0);
      return into(type.members[i] as Shape, at.slot + BigInt(before), `.m${i}`);
    }
  }
}

describe('createNamer', () => {
  it('finds the way back from the slot of a random place in a random layout', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 1000 }), { minLength: 30, maxLength: 30 }),
        (members, numbers) => {
          const types: Record<string, unknown> = {};
          const root: Shape = { kind: 'struct', members };
          const id = writeTypes(root, types);
          const storage = (types[id] as { members: unknown[] }).members;
          const [layout] = readLayouts({ storageLayout: { storage, types } }, { name: 'Random' });
          if (!layout) throw new Error('No layout.');
          const rest = [...numbers];
          const preimages = new Map<Hex, Hex>();
          const choose = (most: number) => (rest.shift() ?? 0) % (most + 1);
          const spot = walk(root, { slot: 0n, text: 'Random', variable: 'Random' }, choose, preimages);
          const nameOf = createNamer({
            layouts: [layout],
            assigned: new Map([[OWNER, 'Random']]),
            preimages,
            mostHashes: 0,
          });
          const name = nameOf(slotKey(OWNER, spot.slot));
          const { slot: _, ...expected } = { parts: [], ...spot };
          expect(name).toEqual({ ...expected, contract: 'Random', isNamed: true });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
