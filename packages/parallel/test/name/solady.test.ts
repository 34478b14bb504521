import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNamer } from '../../src/name/create-namer.ts';
import { readLayouts } from '../../src/name/layout/read-layouts.ts';
import { compile } from './compile.ts';
import { Stage } from './stage.ts';

const ALICE = '0xa11ce00000000000000000000000000000000001';
const BOB = '0x12ab000000000000000000000000000000000b0b';
const LABELS = new Map([
  [ALICE, 'alice'],
  [BOB, 'bob'],
]);
/** Its upper 28 bytes take part in the hash, its last four in the sum. */
const LARGE = (123n << 200n) | 0xdeadbeefn;
const SHORT_LARGE = '0x7b00…beef';

const FOLDER = 'packages/parallel/test/name/contracts';
const compiled = compile([`${FOLDER}/SoladyTokens.sol`, `${FOLDER}/SoladyStorage.sol`]);
const layouts = readLayouts(compiled.output);
const addresses = new Map<string, Address>();
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  for (const name of ['Coin', 'Badge', 'Items', 'Multi', 'Drawer']) {
    addresses.set(name, await stage.deploy(compiled.contract(name)));
  }
});

afterAll(() => stage?.close());

const CASES: readonly [contract: string, name: string, args: readonly unknown[], texts: readonly string[]][] =
  [
    ['Coin', 'writeOwner', [ALICE], ['owner']],
    ['Coin', 'writeRoles', [ALICE], ['rolesOf[alice]']],
    ['Coin', 'writeDelegate', [ALICE], ['delegates[alice]']],
    [
      'Coin',
      'writeBalance',
      [ALICE],
      ['totalSupply', 'balanceOf[alice]', 'totalCheckpoints', 'checkpoints[alice][0]'],
    ],
    ['Coin', 'writeAllowance', [ALICE, BOB], ['allowance[alice][bob]']],
    ['Coin', 'writeNonce', [ALICE], ['nonces[alice]']],
    ['Badge', 'writeOwner', [ALICE, 5n], ['ownerOf[5]', 'balanceOf[alice]']],
    ['Badge', 'writeApproval', [BOB, 5n], ['getApproved[5]']],
    ['Badge', 'writeOwner', [ALICE, LARGE], [`ownerOf[${SHORT_LARGE}]`, 'balanceOf[alice]']],
    ['Badge', 'writeApproval', [BOB, LARGE], [`getApproved[${SHORT_LARGE}]`]],
    ['Badge', 'writeOperator', [ALICE, BOB], ['isApprovedForAll[alice][bob]']],
    ['Items', 'writeBalance', [ALICE], ['balanceOf[alice][7]']],
    ['Items', 'writeOperator', [ALICE, BOB], ['isApprovedForAll[alice][bob]']],
    ['Multi', 'writeBalance', [ALICE], ['balanceOf[alice][7]']],
    ['Multi', 'writeOperator', [ALICE, BOB], ['isOperator[alice][bob]']],
    ['Multi', 'writeAllowance', [ALICE, BOB], ['allowance[alice][bob][7]']],
    [
      'Drawer',
      'writeMembers',
      [ALICE],
      [
        'members.values[0]',
        'members.values[1]',
        'members.values[2]',
        'members.values[3]',
        'members.position[1]',
        'members.position[2]',
        'members.position[3]',
        'members.position[alice]',
      ],
    ],
    [
      'Drawer',
      'writeNumbers',
      [],
      [
        'numbers.values[0]',
        'numbers.values[1]',
        'numbers.values[2]',
        'numbers.values[3]',
        'numbers.length',
        'numbers.position[10]',
        'numbers.position[11]',
        'numbers.position[12]',
        'numbers.position[13]',
      ],
    ],
    ['Drawer', 'writeTree', [], ['tree.nodes[0]', 'tree.nodes[1]']],
    ['Drawer', 'writeBits', [1000n], ['bits.map[3]']],
    ['Drawer', 'writeRole', [ALICE], ['roleHolders[3][0]', 'roleHolderPosition[3][alice]']],
    ['Drawer', 'writeTimedRole', [ALICE], ['timedRole[3][alice]']],
    ['Drawer', 'writeInitialized', [], ['initialized']],
    ['Drawer', 'writeGuard', [], ['reentrancyGuard']],
  ];

describe('slots of solady, which no layout reports', () => {
  it.each(CASES)('%s %s %s', async (contract, name, args, texts) => {
    const address = addresses.get(contract) as Address;
    const { stored, preimages } = await stage.call(address, compiled.contract(contract), name, args);
    const nameOf = createNamer({
      layouts,
      assigned: new Map([[address, contract]]),
      labels: LABELS,
      preimages,
      mostHashes: 0,
    });
    const names = stored.map(nameOf);
    expect(new Set(names.map(({ text }) => text))).toEqual(
      new Set(texts.map((text) => `${contract}.${text}`)),
    );
    expect(names.every(({ isNamed }) => isNamed)).toBe(true);
  });
});
