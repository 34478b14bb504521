import type { PackedSeed } from './packed-seed.ts';

const WORD = 1n << 256n;
/** The seed of ERC721 takes the place of the last four bytes of the id, which then move the slot instead. */
const ERC721_LOW_BITS = 32n;
const TREE_SHIFT = 32n;

/**
 * Solady's variables that are found by packed hashes, with the constants of its sources.
 *
 * @see https://github.com/Vectorized/solady/tree/v0.1.26/src
 */
export const SOLADY_SEEDS: readonly PackedSeed[] = [
  // tokens/ERC20.sol
  { name: 'balanceOf', preimage: ['address', '0x0000000000000000', '0x87a211a2'] },
  { name: 'allowance', preimage: ['address', '0x0000000000000000', '0x7f5e9f20', 'address'] },
  { name: 'nonces', preimage: ['address', '0x0000000000000000', '0x38377508'] },
  { name: 'nonces', preimage: ['address', '0x000000000000', '0x383775081901'] },
  // tokens/ERC20Votes.sol
  { name: 'delegates', preimage: ['address', '0xff466c9f'] },
  { name: 'checkpoints', preimage: ['address', '0xff466c'], isList: true },
  // tokens/ERC721.sol
  {
    name: 'ownerOf',
    preimage: ['bytes28', '0x7d882553'],
    isList: true,
    move: (hash, [high = 0n]) => (hash + ((high << ERC721_LOW_BITS) << 1n)) % WORD,
    wordAt: (slot, [high = 0n]) => {
      if (slot >> (ERC721_LOW_BITS + 1n) !== 0n) return undefined;
      const id = (high << ERC721_LOW_BITS) | (slot >> 1n);
      return { name: slot & 1n ? 'getApproved' : 'ownerOf', keys: [id] };
    },
  },
  { name: 'balanceOf', preimage: ['address', '0x0a5a2e7a00000000'] },
  { name: 'isApprovedForAll', preimage: ['address', '0x0a5a2e7a00000000', 'address'] },
  // tokens/ERC1155.sol
  { name: 'balanceOf', preimage: ['uint256', 'address', '0x00000000', '0x9a31110384e0b0c9'], order: [1, 0] },
  {
    name: 'isApprovedForAll',
    preimage: ['address', 'address', '0x00000000', '0x9a31110384e0b0c9'],
    order: [1, 0],
  },
  // tokens/ERC6909.sol
  { name: 'balanceOf', preimage: ['uint256', 'address', '0x00000000', '0xedcaa89a82293940'], order: [1, 0] },
  { name: 'isOperator', preimage: ['address', 'address', '0x00000000', '0xedcaa89a82293940'], order: [1, 0] },
  {
    name: 'allowance',
    preimage: ['uint256', 'address', 'address', '0x00000000', '0xedcaa89a82293940'],
    order: [2, 1, 0],
  },
  // tokens/ERC2981.sol
  { name: 'royaltyInfo', preimage: ['uint256', `0x${'00'.repeat(23)}`, '0xaa4ec00224afccfdb7'] },
  // auth
  { name: 'ownershipHandoverExpiresAt', preimage: ['address', '0x0000000000000000', '0x389a75e1'] },
  { name: 'rolesOf', preimage: ['address', '0x0000000000000000', '0x8b78c6d8'] },
  { name: 'timedRole', preimage: ['uint256', '0x28900261', 'address'] },
  { name: 'roleHolders', preimage: ['uint256', '0xee9853bb'], isList: true },
  { name: 'roleHolderPosition', preimage: ['uint256', '0xee9853bb', 'address'] },
  // accounts/Timelock.sol
  { name: 'operation', preimage: ['bytes32', '0x477f2812565c76a73f'] },
  // utils
  { name: 'values', preimage: ['slot', '0x978aab92'], isList: true },
  { name: 'values', preimage: ['slot', '0x18fb5864'], isList: true },
  {
    name: 'length',
    preimage: ['slot', '0x18fb5864'],
    move: (hash) => WORD - 1n - hash,
  },
  { name: 'ref', preimage: ['slot', '0xd4203f8b', 'bytes27'], isList: true },
  {
    name: 'nodes',
    preimage: [`0x${'00'.repeat(23)}`, '0x01dc27bb5462fdadcb', 'slot'],
    isList: true,
    move: (hash) => (hash << TREE_SHIFT) % WORD,
  },
];
