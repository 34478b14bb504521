import { keccak256, stringToHex, toHex } from 'viem';

/**
 * The slot that ERC-7201 gives to a name: `keccak256(keccak256(id) - 1) & ~0xff`.
 *
 * @see https://eips.ethereum.org/EIPS/eip-7201
 */
export function namespaceRoot(id: string): bigint {
  const inner = BigInt(keccak256(stringToHex(id))) - 1n;
  return BigInt(keccak256(toHex(inner, { size: 32 }))) & ~0xffn;
}
