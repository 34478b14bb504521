import { type Address, type Hex, keccak256, stringToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNamer } from '../../src/name/create-namer.ts';
import { readLayouts } from '../../src/name/layout/read-layouts.ts';
import { shortHex } from '../../src/name/text/short-hex.ts';
import { compile } from './compile.ts';
import { Stage } from './stage.ts';

const ALICE = '0xa11ce00000000000000000000000000000000001';
const BOB = '0x12ab000000000000000000000000000000000b0b';
const LABELS = new Map([[ALICE, 'alice']]);

const zoo = compile(['packages/parallel/test/name/contracts/Zoo.sol']);
const layouts = readLayouts(zoo.output);
let stage: Stage;
let address: Address;
let code: Hex;

beforeAll(async () => {
  stage = await Stage.open();
  address = await stage.deploy(zoo.contract('Zoo'), [99n]);
  code = await stage.code(address);
});

afterAll(() => stage?.close());

/** By function: what it stores to, in the order of the text, then the variables. */
const CASES: readonly [
  name: string,
  args: readonly unknown[],
  texts: readonly string[],
  variables?: readonly string[],
][] = [
  ['writePlain', [], ['Zoo.plain']],
  ['writePacked', [], ['Zoo.{low, middle, high}']],
  ['writeMapping', [ALICE], ['Zoo.balances[alice]'], ['Zoo.balances[*]']],
  ['writeNestedMapping', [ALICE, BOB], ['Zoo.allowed[alice][0x12ab…0b0b]'], ['Zoo.allowed[*][*]']],
  ['writeStruct', [5n], ['Zoo.inners[5].{a, b}'], ['Zoo.inners[*].{a, b}']],
  [
    'writeStructTail',
    [5n],
    ['Zoo.inners[5].note', 'Zoo.inners[5].note[0…31]', 'Zoo.inners[5].note[32…63]'],
    ['Zoo.inners[*].note', 'Zoo.inners[*].note[*]'],
  ],
  [
    'writeDeep',
    [6n, 7n],
    ['Zoo.inners[6].deep[7].length', 'Zoo.inners[6].deep[7][0]'],
    ['Zoo.inners[*].deep[*].length', 'Zoo.inners[*].deep[*][*]'],
  ],
  ['writeList', [], ['Zoo.list.length', 'Zoo.list[0]'], ['Zoo.list.length', 'Zoo.list[*]']],
  [
    'writeSmall',
    [],
    ['Zoo.small.length', 'Zoo.small[0…31]', 'Zoo.small[32…63]'],
    ['Zoo.small.length', 'Zoo.small[*]'],
  ],
  ['writePair', [], ['Zoo.pair[1].{a, b}'], ['Zoo.pair[*].{a, b}']],
  ['writeWide', [], ['Zoo.wide[32…39]'], ['Zoo.wide[*]']],
  ['writeTitle', [], ['Zoo.title', 'Zoo.title[0…31]', 'Zoo.title[32…63]'], ['Zoo.title', 'Zoo.title[*]']],
  ['writeByName', [], ['Zoo.byName["gold"]'], ['Zoo.byName[*]']],
  ['writeFlag', [`0x${'61646d696e'.padEnd(64, '0')}`], ['Zoo.flags["admin"]'], ['Zoo.flags[*]']],
  ['writeByColor', [1], ['Zoo.byColor[1]'], ['Zoo.byColor[*]']],
  ['writeBySigned', [-3n], ['Zoo.bySigned[-3]'], ['Zoo.bySigned[*]']],
  ['writeById', [9n], ['Zoo.byId[9]'], ['Zoo.byId[*]']],
  ['writeByBool', [true], ['Zoo.byBool[true]'], ['Zoo.byBool[*]']],
  [
    'writeNested',
    [],
    ['Zoo.nested.length', 'Zoo.nested[0].length', 'Zoo.nested[0][0]'],
    ['Zoo.nested.length', 'Zoo.nested[*].length', 'Zoo.nested[*][*]'],
  ],
  [
    'writeStructs',
    [],
    ['Zoo.structs.length', 'Zoo.structs[0].{a, b}'],
    ['Zoo.structs.length', 'Zoo.structs[*].{a, b}'],
  ],
  ['writeMain', [], ['Zoo.MainStorage.total']],
  [
    'writeMainInner',
    [BOB],
    ['Zoo.MainStorage.inners[0x12ab…0b0b].{a, b}'],
    ['Zoo.MainStorage.inners[*].{a, b}'],
  ],
  ['writeMainPacked', [], ['Zoo.MainStorage.{id, color}']],
];

describe('names of what a contract stores to', () => {
  it.each(CASES)('%s', async (name, args, texts, variables = texts) => {
    const { stored, preimages } = await stage.call(address, zoo.contract('Zoo'), name, args);
    const nameOf = createNamer({
      layouts,
      bytecodes: new Map([[address, code]]),
      labels: LABELS,
      preimages,
      mostHashes: 0,
    });
    const names = stored.map(nameOf);
    expect(new Set(names.map(({ text }) => text))).toEqual(new Set(texts));
    expect(new Set(names.map(({ variable }) => variable))).toEqual(new Set(variables));
    expect(names.every(({ isNamed, contract }) => isNamed && contract === 'Zoo')).toBe(true);
  });

  it('tells where in the slot each variable lies', async () => {
    const { stored, preimages } = await stage.call(address, zoo.contract('Zoo'), 'writeMainPacked');
    const [packed] = (await stage.call(address, zoo.contract('Zoo'), 'writePacked')).stored;
    const nameOf = createNamer({ layouts, bytecodes: new Map([[address, code]]), preimages });
    if (!packed || !stored[0]) throw new Error('Nothing was stored.');
    expect(nameOf(packed).parts).toEqual([
      { label: 'low', offset: 0, bytes: 16 },
      { label: 'middle', offset: 16, bytes: 8 },
      { label: 'high', offset: 24, bytes: 1 },
    ]);
    const word = await stage.client.getStorageAt({ address, slot: `0x${packed.slice(45)}` });
    expect((BigInt(word ?? 0) >> (16n * 8n)) & 0xffn).toBe(7n);
    expect(nameOf(stored[0]).parts).toEqual([
      { label: 'id', offset: 0, bytes: 16 },
      { label: 'color', offset: 16, bytes: 1 },
    ]);
  });

  it('finds keys without the trace, among what it is given', async () => {
    const { stored: flat } = await stage.call(address, zoo.contract('Zoo'), 'writeMapping', [BOB]);
    const { stored: deep } = await stage.call(address, zoo.contract('Zoo'), 'writeNestedMapping', [
      BOB,
      ALICE,
    ]);
    const { stored: tail } = await stage.call(address, zoo.contract('Zoo'), 'writeDeep', [6n, 7n]);
    const given = { layouts, bytecodes: new Map([[address, code]]), labels: LABELS };
    const nameOf = createNamer({ ...given, candidates: { addresses: [BOB] } });
    expect([...flat, ...deep].map((key) => nameOf(key).text)).toEqual([
      'Zoo.balances[0x12ab…0b0b]',
      'Zoo.allowed[0x12ab…0b0b][alice]',
    ]);
    expect(tail.map((key) => nameOf(key).text)).toContain('Zoo.inners[6].deep[7].length');
    const poor = createNamer({ ...given, candidates: { addresses: [BOB] }, mostHashes: 0 });
    expect(flat.map((key) => poor(key).isNamed)).toEqual([false]);
  });

  it('finds keys that the compiler hashed', async () => {
    const { stored, preimages } = await stage.call(address, zoo.contract('Zoo'), 'writeConstantKeys');
    expect([...preimages]).toEqual([]);
    const nameOf = createNamer({ layouts, bytecodes: new Map([[address, code]]) });
    const role = keccak256(stringToHex('a role'));
    expect(new Set(stored.map((key) => nameOf(key).text))).toEqual(
      new Set(['Zoo.inners[6].{a, b}', 'Zoo.byColor[1]', `Zoo.flags[${shortHex(role)}]`]),
    );
  });

  it('says how a slot was computed when there is no layout', async () => {
    const { stored, preimages } = await stage.call(address, zoo.contract('Zoo'), 'writeStruct', [5n]);
    const nameOf = createNamer({ layouts: [], labels: new Map([[address, 'Cage']]), preimages });
    expect(stored.map(nameOf)).toEqual([
      { text: 'Cage.slot4[5]', variable: 'Cage.slot4[*]', contract: 'Cage', parts: [], isNamed: false },
    ]);
  });
});
