import { describe, expect, it } from 'vitest';
import { ParallelError } from '../../errors.ts';
import { namespaceRoot } from '../known/namespace-root.ts';
import { readLayouts } from './read-layouts.ts';

const UINT = { encoding: 'inplace', label: 'uint256', numberOfBytes: '32' };
const storageLayout = {
  storage: [{ label: 'total', slot: '0', offset: 0, type: 't_uint256' }],
  types: { t_uint256: UINT },
};
const artifact = {
  abi: [],
  metadata: { settings: { compilationTarget: { 'src/Token.sol': 'Token' } } },
  deployedBytecode: { object: '0x6001', immutableReferences: {} },
  storageLayout,
};
const standard = { sources: {}, contracts: { 'src/Token.sol': { Token: { storageLayout } } } };

function failureOf(json: unknown): ParallelError {
  try {
    readLayouts(json);
  } catch (error) {
    if (error instanceof ParallelError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

function withType(type: object, types: object = {}) {
  const storage = [{ label: 'x', slot: '0', offset: 0, type: 'x' }];
  return { contracts: { f: { Odd: { storageLayout: { storage, types: { x: type, ...types } } } } } };
}

describe('readLayouts', () => {
  it.each([
    ['an artifact of Foundry', artifact],
    ['the same as text', JSON.stringify(artifact)],
    ['output of solc', standard],
    ['a build-info of Hardhat 2', { _format: 'hh-sol-build-info-1', input: {}, output: standard }],
    ['a build-info of Hardhat 3', { _format: 'hh3-sol-build-info-output-1', output: standard }],
  ])('reads %s', (_, json) => {
    const [layout, ...rest] = readLayouts(json);
    expect(rest).toEqual([]);
    expect(layout).toMatchObject({ name: 'Token', file: 'src/Token.sol', language: 'Solidity' });
    expect(layout?.variables).toEqual([
      { label: 'total', slot: 0n, offset: 0, type: { kind: 'value', label: 'uint256', bytes: 32 } },
    ]);
  });

  it('reads what Vyper says, modules as well', () => {
    const [layout] = readLayouts(
      {
        storage_layout: {
          balanceOf: { type: 'HashMap[address, uint256]', slot: 1 },
          ownable: { owner: { type: 'address', n_slots: 1, slot: 2 } },
          note: { type: 'String[40]', slot: 3 },
          point: { type: 'Point declaration object', n_slots: 2, slot: 6 },
        },
      },
      { name: 'Coin' },
    );
    expect(layout).toMatchObject({ name: 'Coin', language: 'Vyper' });
    expect(layout?.variables.map(({ label, slot, type }) => [label, slot, type.kind])).toEqual([
      ['balanceOf', 1n, 'mapping'],
      ['ownable.owner', 2n, 'value'],
      ['note', 3n, 'blob'],
      ['point', 6n, 'blob'],
    ]);
  });

  it('reads structs that contain themselves by way of a mapping', () => {
    const node = { encoding: 'inplace', label: 'struct Node', numberOfBytes: '32', members: [] as object[] };
    node.members.push({ label: 'next', slot: '0', offset: 0, type: 'm' });
    const [layout] = readLayouts(
      withType(node, {
        m: { encoding: 'mapping', label: '', numberOfBytes: '32', key: 'u', value: 'x' },
        u: UINT,
      }),
    );
    expect(layout?.variables[0]?.type.kind).toBe('struct');
  });

  it('says what is missing, and how to get it', () => {
    const { storageLayout: _, ...without } = artifact;
    const failures = [without, { contracts: { f: { Token: { abi: [] } } } }].map(failureOf);
    for (const { code, fault, hint } of failures) {
      expect({ code, fault }).toEqual({ code: 'BAD_LAYOUT', fault: 'user' });
      expect(hint).toMatch(/extra_output.*storageLayout.*outputSelection/);
    }
    expect(failures[0]?.shortMessage).toBe('Token has no storageLayout.');
  });

  it.each([
    ['no JSON', '{"storageLayout": '],
    ['a list', []],
    ['another file', { compilerOptions: {} }],
    ['a type that is not described', withType({ encoding: 'dynamic_array', label: '', base: 'y' })],
    [
      'a struct inside itself',
      withType({ ...UINT, members: [{ label: 'x', slot: 0, offset: 0, type: 'x' }] }),
    ],
    ['an array of itself', withType({ ...UINT, label: 'x[2]', base: 'x' })],
    ['an array without a length', withType({ ...UINT, label: 'x', base: 'u' }, { u: UINT })],
    ['a value of no bytes', withType({ ...UINT, numberOfBytes: '0' })],
    ['a value of 33 bytes', withType({ ...UINT, numberOfBytes: '33' })],
    ['an unknown encoding', withType({ ...UINT, encoding: 'sparse' })],
    [
      'a slot that is no number',
      { ...artifact, storageLayout: { storage: [{ label: 'x', slot: '-1' }], types: {} } },
    ],
    ['an artifact without a name', { storageLayout }],
  ])('refuses %s', (_, json) => {
    expect(failureOf(json).code).toBe('BAD_LAYOUT');
  });
});

/** As the sources of OpenZeppelin 5 have them. */
it.each([
  ['openzeppelin.storage.ERC20', 0x52c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00n],
  ['openzeppelin.storage.Ownable', 0x9016d09d72d40fdae2fd8ceac6b6234c7706214fd39c1cd1e609a0528c199300n],
  ['openzeppelin.storage.AccessControl', 0x02dd7bc7dec4dceedda775e58dd541e08a116c6c53815c0bd028192f7b626800n],
  ['openzeppelin.storage.Governor', 0x7c712897014dbe49c045ef1299aa2d5f9e67e48eea4403efa21f1e0f3ac0cb00n],
  ['openzeppelin.storage.Votes', 0xe8b26c30fad74198956032a3533d903385d56dd795af560196f9c78d4af40d00n],
])('%s has its root', (id, root) => {
  expect(namespaceRoot(id)).toBe(root);
});
