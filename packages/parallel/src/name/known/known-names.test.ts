import { concatHex, type Hex, keccak256, pad, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { slotKey } from '../../access/state-key.ts';
import { createNamer } from '../create-namer.ts';
import { readLayouts } from '../layout/read-layouts.ts';

const OWNER = '0x00000000000000000000000000000000000000aa';
const ALICE = '0xa11ce00000000000000000000000000000000001';
const labels = new Map([[ALICE, 'alice']]);

const word = (value: bigint | Hex) => (typeof value === 'bigint' ? toHex(value, { size: 32 }) : pad(value));

/** The hash of these words, remembered. */
function hashing() {
  const preimages = new Map<Hex, Hex>();
  const hash = (...parts: Hex[]) => {
    const preimage = concatHex(parts);
    preimages.set(keccak256(preimage), preimage);
    return BigInt(keccak256(preimage));
  };
  return { preimages, hash };
}

describe('names in contracts of Vyper', () => {
  const layouts = readLayouts(
    {
      storage_layout: {
        totalSupply: { type: 'uint256', slot: 0 },
        balanceOf: { type: 'HashMap[address, uint256]', slot: 1 },
        books: { type: 'HashMap[address, HashMap[uint256, DynArray[uint256, 4]]]', slot: 2 },
        rates: { type: 'uint256[3]', slot: 3 },
        queue: { type: 'DynArray[uint256, 5]', slot: 6 },
        note: { type: 'String[40]', slot: 12 },
      },
    },
    { name: 'Coin' },
  );
  const assigned = new Map([[OWNER, 'Coin']]);

  it('hash the slot before the key', () => {
    const { preimages, hash } = hashing();
    const balance = hash(word(1n), word(ALICE));
    const book = hash(word(hash(word(2n), word(ALICE))), word(7n));
    const nameOf = createNamer({ layouts, assigned, labels, preimages, mostHashes: 0 });
    const text = (slot: bigint) => nameOf(slotKey(OWNER, slot)).text;
    expect([0n, balance, book, book + 3n, 4n, 6n, 8n, 12n, 13n].map(text)).toEqual([
      'Coin.totalSupply',
      'Coin.balanceOf[alice]',
      'Coin.books[alice][7].length',
      'Coin.books[alice][7][2]',
      'Coin.rates[1]',
      'Coin.queue.length',
      'Coin.queue[1]',
      'Coin.note',
      'Coin.note[0…31]',
    ]);
    expect(nameOf(slotKey(OWNER, hash(word(ALICE), word(1n)))).isNamed).toBe(false);
  });

  it('finds keys among candidates, and says how slots of strangers were computed', () => {
    const { preimages, hash } = hashing();
    const slot = slotKey(OWNER, hash(word(1n), word(ALICE)));
    expect(createNamer({ layouts, assigned, labels })(slot).text).toBe('Coin.balanceOf[alice]');
    const stranger = createNamer({ layouts: [], labels, preimages })(slot);
    expect(stranger).toMatchObject({ text: `${OWNER.slice(0, 6)}…00aa.slot1[alice]`, isNamed: false });
  });
});

describe('packed variables of your own', () => {
  it('are named by the shape of what is hashed', () => {
    const { preimages, hash } = hashing();
    const slot = hash(ALICE, '0x0000000000000000', '0x5c03e500', toHex(9n, { size: 2 }));
    const seed = {
      name: 'scoreOf',
      preimage: ['address', '0x0000000000000000', '0x5C03E500', 'uint16'],
      order: [1, 0],
    };
    const nameOf = createNamer({
      layouts: [],
      labels: new Map([...labels, [OWNER, 'Game']]),
      preimages,
      seeds: [seed],
    });
    expect(nameOf(slotKey(OWNER, slot))).toEqual({
      text: 'Game.scoreOf[9][alice]',
      variable: 'Game.scoreOf[*][*]',
      contract: 'Game',
      parts: [],
      isNamed: true,
    });
  });

  it('refuses shapes that have no length', () => {
    expect(() => createNamer({ layouts: [], seeds: [{ name: 'x', preimage: ['string'] }] })).toThrow(
      expect.objectContaining({ code: 'BAD_LAYOUT' }),
    );
  });
});

describe('accounts', () => {
  it('are grouped when they are people, and stand for themselves when they are contracts', () => {
    const nameOf = createNamer({ layouts: [], labels, codes: new Map([[OWNER, new Set([OWNER])]]) });
    expect(nameOf(`${ALICE}#balance`)).toMatchObject({ text: 'alice balance', variable: 'account balance' });
    const short = `${OWNER.slice(0, 6)}…00aa nonce`;
    expect(nameOf(`${OWNER}#nonce`)).toMatchObject({ text: short, variable: short, isNamed: true });
  });
});
