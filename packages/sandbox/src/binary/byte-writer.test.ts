import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

it('reads back what it wrote', () => {
  const numbers = fc.record({
    unsigned: fc.nat(0xffff_ffff),
    small: fc.integer(),
    large: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  });
  fc.assert(
    fc.property(numbers, fc.string({ unit: 'grapheme' }), ({ unsigned, small, large }, name) => {
      const bytes = new ByteWriter(1).u32(unsigned).s32(small).s64(large).name(name).done();
      const reader = new ByteReader(bytes);
      expect([reader.u32(), reader.s32(), reader.s64(), reader.name()]).toEqual([
        unsigned,
        small,
        large,
        name,
      ]);
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

it.each([
  ['an unsigned number of 33 bits', [0x80, 0x80, 0x80, 0x80, 0x10]],
  ['an unsigned number of six bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]],
  ['no bytes', []],
  ['a number that goes on', [0x80]],
])('refuses %s', (_title, bytes) => {
  expect(() => new ByteReader(Uint8Array.from(bytes)).u32()).toThrow('The module cannot be read');
});

it.each([
  ['bits beyond the 32nd that are not its sign', [0xff, 0xff, 0xff, 0xff, 0x4f]],
  ['six bytes', [0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
])('refuses a signed number with %s', (_title, bytes) => {
  expect(() => new ByteReader(Uint8Array.from(bytes)).s32()).toThrow('longer than 32 bits');
});

it('refuses a name that is not UTF-8', () => {
  expect(() => new ByteReader(Uint8Array.of(2, 0xc3, 0x28)).name()).toThrow('not UTF-8');
});
