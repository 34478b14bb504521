import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { readLayouts } from '../layout/read-layouts.ts';
import { delegateOf } from './delegate-of.ts';
import { matchCode } from './match-code.ts';
import { pushedWords } from './pushed-words.ts';

const LIBRARY = `__$${'1234567890abcdef'.repeat(2)}12$__`;
const ADDRESS = 'a11ce00000000000000000000000000000000001';
/** `{"ipfs": <34 bytes>, "solc": <3 bytes>}` and its length. */
const metadata = (hash: string) => `a2646970667358221220${hash.repeat(32)}64736f6c63430008250033`;

function layoutOf(object: string, immutableReferences: object = {}) {
  const storageLayout = { storage: [], types: {} };
  return readLayouts({ storageLayout, deployedBytecode: { object, immutableReferences } }, { name: 'C' });
}

describe('matchCode', () => {
  const body = `6001${'00'.repeat(32)}5b73${LIBRARY}60`;
  const candidates = layoutOf(`0x${body}${metadata('11')}`, { 7: [{ start: 2, length: 32 }] });
  const deployed = (immutable: string, end = '60', hash = '22') =>
    `0x6001${immutable}5b73${ADDRESS}${end}${metadata(hash)}` as Hex;

  it('looks past immutables, libraries and metadata', () => {
    expect(matchCode(deployed('ff'.repeat(32)), candidates)?.name).toBe('C');
    expect(
      matchCode(deployed('ff'.repeat(32)).toUpperCase().replace('0X', '0x') as Hex, candidates)?.name,
    ).toBe('C');
  });

  it('sees any other difference', () => {
    expect(matchCode(deployed('ff'.repeat(32), '61'), candidates)).toBeUndefined();
    expect(matchCode(deployed('ff'.repeat(33)), candidates)).toBeUndefined();
    expect(matchCode('0x', candidates)).toBeUndefined();
    expect(matchCode('0x', layoutOf('0x'))).toBeUndefined();
  });

  it('knows libraries, which hold their own address', () => {
    const library = layoutOf(`0x73${'00'.repeat(20)}301460ff`);
    expect(matchCode(`0x73${ADDRESS}301460ff`, library)?.name).toBe('C');
  });
});

describe('delegateOf', () => {
  it.each([
    ['EIP-1167', `0x363d3d373d3d3d363d73${ADDRESS}5af43d82803e903d91602b57fd5bf3`],
    ['the proxy of solady with PUSH0', `0x5f5f365f5f37365f73${ADDRESS}5af43d5f5f3e6029573d5ffd5b3d5ff3`],
    ['EIP-7702', `0xef0100${ADDRESS}`],
  ])('knows %s', (_, code) => {
    expect(delegateOf(code as Hex)).toBe(`0x${ADDRESS}`);
  });

  it('knows the shorter form for addresses that begin with zeros', () => {
    const digits = ADDRESS.slice(4);
    const code = `0x363d3d373d3d3d363d71${digits}5af43d82803e903d91602957fd5bf3` as const;
    expect(delegateOf(code)).toBe(`0x0000${digits}`);
  });

  it('takes no other code for a proxy', () => {
    expect(delegateOf('0x')).toBeUndefined();
    expect(delegateOf(`0x${'60'.repeat(200)}73${ADDRESS}5af4`)).toBeUndefined();
  });
});

describe('pushedWords', () => {
  it('gives words, addresses and texts, and does not look inside what is pushed', () => {
    const role = 'ab'.repeat(32);
    const code = `0x7f${role}73${ADDRESS}6b50524943455f4f5241434c4563deadbeef6001` as const;
    const text = Buffer.from('PRICE_ORACLE').toString('hex').padEnd(64, '0');
    expect(pushedWords(code)).toEqual([BigInt(`0x${role}`), BigInt(`0x${ADDRESS}`), BigInt(`0x${text}`)]);
    expect(pushedWords('0x7f00')).toEqual([]);
  });
});
