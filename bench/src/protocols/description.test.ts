import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { type Abi, type Address, type Hex, hexToBigInt, parseAbi, slice } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account } from '../chain/account.ts';
import { BenchChain } from '../chain/bench-chain.ts';
import { deployAave } from './aave-v3/deploy-aave.ts';
import type { Description } from './description.ts';
import type { LendingProtocol } from './lending-protocol.ts';
import { deployMarket } from './millrace/deploy-market.ts';
import { millraceProtocol } from './millrace/millrace-protocol.ts';
import { deployMorpho } from './morpho-blue/deploy-morpho.ts';
import { WAD } from './numbers.ts';
import { mint } from './tokens.ts';

type Place = { label: string; slot: string; offset: number; type: string };
type StorageLayout = { storage: Place[]; types: Record<string, { numberOfBytes: string }> };

const DEPLOYERS = {
  millrace: async (chain: BenchChain) => millraceProtocol(chain, await deployMarket(chain), {}),
  'aave-v3': deployAave,
  'morpho-blue': deployMorpho,
};

/** A variable that some function shows, packed with others where there is one. */
const SHOWN = {
  millrace: { variable: 'title', abi: parseAbi(['function name() view returns (string)']) },
  'aave-v3': {
    variable: '_flashLoanPremiumTotal',
    abi: parseAbi(['function FLASHLOAN_PREMIUM_TOTAL() view returns (uint128)']),
  },
  'morpho-blue': {
    variable: 'feeRecipient',
    abi: parseAbi(['function feeRecipient() view returns (address)']),
  },
} as const;

let chain: BenchChain;
beforeAll(async () => {
  chain = await BenchChain.start();
});
afterAll(() => chain.stop());

describe.each(['millrace', 'aave-v3', 'morpho-blue'] as const)('what is known of %s', (name) => {
  let protocol: LendingProtocol;
  let description: Description;
  beforeAll(async () => {
    protocol = await DEPLOYERS[name](chain);
    description = await protocol.describe();
  });

  it('has a name and a layout for the contract that users approve', () => {
    expect(description.labels.get(lower(protocol.address))).toMatch(/^(Market|Pool|Morpho)$/);
    expect(description.assigned.has(lower(protocol.address))).toBe(true);
  });

  it('says where the variables are that its functions show', async () => {
    const { variable, abi } = SHOWN[name];
    const shown = await chain.read(protocol.address, abi as Abi, abi[0].name, []);
    const expected = typeof shown === 'string' && shown.startsWith('0x') ? hexToBigInt(shown as Hex) : shown;
    const found = await readVariable(description, protocol.address, variable);
    expect(typeof expected === 'string' ? textOf(found) : hexToBigInt(found)).toBe(expected);
  });

  it('says where its tokens count what there is of them', async () => {
    await chain.mine([mint(protocol.asset, account('somebody'), 7n * WAD)]);
    const supply = await chain.read(protocol.asset, mockTokenAbi, 'totalSupply', []);
    expect(supply).toBeGreaterThan(0n);
    expect(hexToBigInt(await readVariable(description, protocol.asset, '_totalSupply'))).toBe(supply);
  });

  it('calls no two contracts the same', () => {
    expect(new Set(description.labels.values()).size).toBe(description.labels.size);
  });
});

/** What is stored where the layout says that the variable is. */
async function readVariable(description: Description, owner: Address, label: string): Promise<Hex> {
  const [file = '', name = ''] = description.assigned.get(lower(owner))?.split(':') ?? [];
  const layout = description.layouts.contracts[file]?.[name]?.storageLayout as StorageLayout;
  const place = layout.storage.find((each) => each.label === label);
  if (!place) throw new Error(`${name} has no variable ${label}.`);
  const slot = `0x${BigInt(place.slot).toString(16)}`;
  const word = (await chain.request('eth_getStorageAt', [owner, slot, 'latest'])) as Hex;
  const end = 32 - place.offset;
  return slice(word, end - Number(layout.types[place.type]?.numberOfBytes), end);
}

/** A string of up to 31 bytes, as Solidity stores it: the last byte is twice its length. */
function textOf(word: Hex): string {
  const bytes = Buffer.from(word.slice(2), 'hex');
  return bytes.subarray(0, (bytes[31] ?? 0) / 2).toString();
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
